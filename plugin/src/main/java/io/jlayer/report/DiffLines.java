// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.diff.ConfigChange;
import io.jlayer.diff.FileChange;
import io.jlayer.diff.ImagesDiff;
import io.jlayer.diff.Kind;
import io.jlayer.diff.LayerChange;
import io.jlayer.diff.LayerChange.Placed;
import io.jlayer.diff.PlatformDiff;
import io.jlayer.diff.Why;
import io.jlayer.image.VisibleText;
import io.jlayer.oci.Descriptor;
import io.jlayer.overlay.Change;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.logging.Log;

/** Shows what differs between two images. All that comes from the images is made safe for a terminal. */
public final class DiffLines {

    /** More lines of files than this nobody reads on a terminal; the file has them all. */
    private static final int MOST_LINES = 40;

    /** Of one archive. */
    private static final int MOST_WITHIN = 12;

    private static final int LONGEST_VALUE = 120;
    private static final String ALL = "-Djlayer.diff.json=FILE.json";

    private final Log log;

    public DiffLines(Log log) {
        this.log = log;
    }

    public void show(ImagesDiff diff, String before, String after) {
        showImage("Old", diff.before(), before);
        showImage("New", diff.after(), after);
        diff.gone().forEach(platform -> line("  D platform " + platform));
        diff.added().forEach(platform -> line("  A platform " + platform));
        if (diff.before().digest().equals(diff.after().digest())) {
            line("The images are the same");
            return;
        }
        for (PlatformDiff platform : diff.platforms()) {
            if (diff.platforms().size() > 1) {
                line("For " + platform.platform() + ":");
            }
            show(platform);
        }
        if (diff.platforms().size() > 1) {
            line("A push of all these platforms sends "
                    + ReportLines.size(diff.push().size()) + " in "
                    + many(diff.push().blobs(), "blob") + ", the index among them; what they share goes once");
        }
    }

    private void showImage(String age, Descriptor root, String name) {
        line(age + "  " + root.digest() + "  " + name);
    }

    private void show(PlatformDiff diff) {
        if (diff.isSame()) {
            line("The images for " + diff.platform() + " are the same: "
                    + diff.after().manifest().digest());
            return;
        }
        showLayers(diff);
        if (diff.differsInPackingOnly()) {
            line("Nothing differs but how layers are packed");
            return;
        }
        if (!diff.config().isEmpty()) {
            line("Config: " + many(diff.config().size(), "change"));
            diff.config().forEach(change -> line("  " + text(change)));
        }
        showFiles(diff);
    }

    private void showLayers(PlatformDiff diff) {
        int old = diff.before().lowestFirst().size();
        int now = diff.after().lowestFirst().size();
        line("Layers: " + (old == now ? "" : old + " -> ") + now + ", "
                + FileChangeText.size(diff.before().layersSize(), diff.after().layersSize(), List.of())
                + "; " + diff.count(Kind.SAME) + " the same");
        for (LayerChange change : diff.layers()) {
            if (change.kind() != Kind.SAME) {
                line("  " + text(change));
            }
        }
        long above = diff.traffic().aboveLowestChange();
        line("A push sends " + ReportLines.size(diff.traffic().size()) + " in "
                + many(diff.traffic().blobs(), "blob") + ", and a pull fetches them"
                + (above > diff.traffic().size()
                        ? "; Docker's graph drivers fetch " + ReportLines.size(above) + ", all above the lowest change"
                        : ""));
    }

    private static String text(LayerChange change) {
        Placed latest = change.latest();
        Placed old = change.before().orElse(latest);
        String digests = digest(old).equals(digest(latest)) ? digest(latest) : digest(old) + " -> " + digest(latest);
        return change.kind().letter() + " " + (latest.number() < 10 ? " " : "") + latest.number() + "  " + change.name()
                + "  " + digests + "  " + size(change.kind(), old.size(), latest.size());
    }

    private static String size(Kind kind, long old, long now) {
        return switch (kind) {
            case ADDED, DELETED -> ReportLines.size(now);
            case REPACKED -> FileChangeText.size(old, now, List.of("packed in another way"));
            default -> FileChangeText.size(old, now, List.of());
        };
    }

    private static String digest(Placed layer) {
        return layer.layer().descriptor().digest().shortHex();
    }

    private static String text(ConfigChange change) {
        String name =
                change.kind().letter() + " " + change.what() + (change.name().isEmpty() ? "" : " ") + change.name();
        String old = change.before().map(DiffLines::shortened).orElse("");
        String now = change.after().map(DiffLines::shortened).orElse("");
        if (change.before().isPresent() && change.after().isPresent()) {
            return name + "  " + (old.equals(now) ? old + "  (changed)" : quoted(old) + " -> " + quoted(now));
        }
        return (name + "  " + old + now).strip();
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "''" : value;
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }

    private void showFiles(PlatformDiff diff) {
        List<FileChange> changes = diff.files();
        if (changes.isEmpty()) {
            line(
                    diff.before()
                                    .image()
                                    .config()
                                    .diffIds()
                                    .equals(diff.after().image().config().diffIds())
                            ? "Files: the layers hold the same"
                            : "Files: a container sees the same");
            return;
        }
        List<FileChange> more =
                changes.stream().filter(change -> !isTimeAlone(change)).toList();
        line("Files: " + many(changes.size(), "change"));
        showAll(more.isEmpty() ? changes : more);
        int hidden = more.isEmpty() ? 0 : changes.size() - more.size();
        if (hidden > 0) {
            line("  and " + hidden + " of which nothing but the time differs");
        }
    }

    private static boolean isTimeAlone(FileChange change) {
        return change.why().equals(Set.of(Why.TIME));
    }

    private void showAll(List<FileChange> files) {
        IdentityHashMap<Change, FileChange> changes = new IdentityHashMap<>();
        List<Change> sorted = new ArrayList<>();
        for (FileChange file : files) {
            Change change = new Change(
                    Change.Kind.valueOf(file.kind().name()),
                    file.latest().path(),
                    file.latest().size(),
                    file.latest().isDirectory(),
                    false);
            sorted.add(change);
            changes.put(change, file);
        }
        boolean each = files.size() <= MOST_LINES;
        ChangeLines.of(sorted, MOST_LINES, change -> FileChangeText.of(changes.get(change)), ALL)
                .forEach(text -> line("  " + text));
        files.stream()
                .filter(file -> !file.within().isEmpty())
                .limit(MOST_LINES)
                .forEach(file -> showWithin(file, each));
    }

    private void showWithin(FileChange file, boolean named) {
        line("Within " + file.latest().path() + ": " + many(file.within().size(), "change"));
        if (named) {
            file.within().stream().limit(MOST_WITHIN).forEach(entry -> line("  " + FileChangeText.of(entry)));
            int more = file.within().size() - MOST_WITHIN;
            if (more > 0) {
                line("  and " + more + " more: " + ALL);
            }
        }
    }

    private static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String text) {
        log.info(VisibleText.of(text));
    }
}
