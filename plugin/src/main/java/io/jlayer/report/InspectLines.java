// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.image.ImageFiles.Hidden;
import io.jlayer.image.ImageFiles.Seen;
import io.jlayer.image.VisibleText;
import io.jlayer.inspect.Inspection;
import io.jlayer.inspect.LayerFacts;
import io.jlayer.inspect.RunFacts;
import io.jlayer.inspect.Waste;
import io.jlayer.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.logging.Log;

/** Shows an image, so that it fits a screen: the page has what does not. */
public final class InspectLines {

    /** More layers than this, and those in a row that hardly count share a line. */
    private static final int MANY = 30;
    /** Of all bytes, what hardly counts: one in so many. */
    private static final int HARDLY = 100;

    private static final int FEWEST_TOGETHER = 3;
    static final int WIDTH = 100;
    private static final Set<String> ASSIGNED = Set.of("environment", "labels");
    private static final int NAME_WIDTH = 34;
    private static final int BIGGEST = 5;
    private static final int WORST = 3;

    private final Log log;
    private final Inspection inspection;

    public InspectLines(Log log, Inspection inspection) {
        this.log = log;
        this.inspection = inspection;
    }

    public void show() {
        Inspection.Subject subject = inspection.subject();
        log.info(VisibleText.of(subject.name()) + " " + subject.root().digest());
        String created = inspection.image().config().json().text("created").orElse("");
        log.info(platform(subject) + (created.isEmpty() ? "" : ", created " + VisibleText.of(created)));
        for (RunFacts.Fact fact : RunFacts.of(inspection.image().config())) {
            List<String> lines = lines(fact);
            for (int number = 0; number < lines.size(); number++) {
                log.info("  " + Columns.left(number == 0 ? fact.name() : "", 12) + "  " + lines.get(number));
            }
        }
        layers();
        biggest();
        hidden();
        equal();
    }

    private String platform(Inspection.Subject subject) {
        Platform platform = inspection.image().platform();
        if (subject.root().equals(subject.manifest())) {
            return platform.toString();
        }
        List<String> others = subject.others().stream().map(Platform::toString).toList();
        return platform + " " + subject.manifest().digest().shortHex()
                + (others.isEmpty() ? "" : ", also for " + String.join(", ", others));
    }

    /** All values, in lines that fit; variables and labels that take more than one have a line each. */
    private static List<String> lines(RunFacts.Fact fact) {
        boolean each = ASSIGNED.contains(fact.name())
                && fact.values().stream().mapToInt(value -> value.length() + 2).sum() > WIDTH;
        List<String> lines = new ArrayList<>();
        for (String value : fact.values()) {
            String visible = shorter(VisibleText.of(value), WIDTH);
            int last = lines.size() - 1;
            if (last < 0 || each || lines.get(last).length() + 2 + visible.length() > WIDTH) {
                lines.add(visible);
            } else {
                lines.set(last, lines.get(last) + "  " + visible);
            }
        }
        return lines;
    }

    /** As many as fit a line, and how many more there are. */
    private static String values(List<String> values) {
        StringBuilder line = new StringBuilder();
        int shown = 0;
        for (String value : values) {
            String visible = VisibleText.of(value);
            if (shown > 0 && line.length() + visible.length() > WIDTH) {
                return line + "  and " + (values.size() - shown) + " more";
            }
            line.append(shown == 0 ? "" : "  ").append(shorter(visible, WIDTH));
            shown++;
        }
        return line.toString();
    }

    private void layers() {
        List<LayerFacts> layers = inspection.layers();
        int width = 5;
        for (LayerFacts layer : layers) {
            width = Math.max(
                    width, shorter(VisibleText.of(layer.name()), NAME_WIDTH).length());
        }
        log.info("  #  " + Columns.left("layer", width) + "  digest           packed   unpacked   files  origin");
        for (int first = 0; first < layers.size(); ) {
            int next = first;
            while (layers.size() > MANY && next < layers.size() && hardlyCounts(layers.get(next))) {
                next++;
            }
            if (next - first >= FEWEST_TOGETHER) {
                together(layers.subList(first, next), width);
                first = next;
            } else {
                line(layers.get(first), width);
                first++;
            }
        }
        long tar = layers.stream().mapToLong(LayerFacts::unpacked).sum();
        int files = layers.stream().mapToInt(LayerFacts::count).sum();
        sizes(
                "     " + Columns.left(layers.size() + (layers.size() == 1 ? " layer" : " layers"), width)
                        + "              ",
                inspection.packed(),
                tar,
                files,
                "");
    }

    private boolean hardlyCounts(LayerFacts layer) {
        return layer.packed() < inspection.packed() / HARDLY;
    }

    private void line(LayerFacts layer, int width) {
        sizes(
                Columns.right(String.valueOf(layer.number()), 3) + "  "
                        + Columns.left(shorter(VisibleText.of(layer.name()), NAME_WIDTH), width) + "  "
                        + layer.layer().descriptor().digest().shortHex(),
                layer.packed(),
                layer.unpacked(),
                layer.count(),
                layer.origin());
    }

    private void together(List<LayerFacts> layers, int width) {
        long packed = layers.stream().mapToLong(LayerFacts::packed).sum();
        long unpacked = layers.stream().mapToLong(LayerFacts::unpacked).sum();
        int files = layers.stream().mapToInt(LayerFacts::count).sum();
        int first = layers.get(0).number();
        String words = first + " to " + (first + layers.size() - 1) + ", less than 1 % each";
        sizes("  …  " + Columns.left(words, width + 14), packed, unpacked, files, "");
    }

    private void sizes(String front, long packed, long unpacked, int files, String origin) {
        String line = front + "  " + Columns.right(ReportLines.size(packed), 9) + "  "
                + Columns.right(ReportLines.size(unpacked), 9) + "  " + Columns.right(String.valueOf(files), 6) + "  "
                + origin;
        log.info(line.stripTrailing());
    }

    private void biggest() {
        List<Seen> biggest = inspection.biggest(BIGGEST);
        if (!biggest.isEmpty()) {
            log.info("Biggest files:");
        }
        for (Seen seen : biggest) {
            log.info("  " + Columns.right(ReportLines.size(seen.file().size()), 9) + "  "
                    + VisibleText.of(seen.file().path().toString()) + "  (layer " + (seen.layer() + 1) + ")");
        }
    }

    private void hidden() {
        Waste waste = inspection.waste();
        if (waste.hidden().isEmpty()) {
            log.info("Nothing is hidden: no layer replaces or deletes a file of another");
            return;
        }
        long share = waste.hiddenSize() * 1000 / Math.max(1, inspection.content());
        log.info("Hidden: " + ReportLines.size(waste.hiddenSize()) + ", " + share / 10 + "." + share % 10
                + " % of all, in " + files(waste.hidden().size()) + " that layers above replace or delete:");
        for (Hidden hidden :
                waste.hidden().subList(0, Math.min(WORST, waste.hidden().size()))) {
            log.info("  " + Columns.right(ReportLines.size(hidden.file().size()), 9) + "  "
                    + VisibleText.of(hidden.file().path().toString()) + "  (layer " + (hidden.layer() + 1)
                    + (hidden.deleted() ? ", deleted by " : ", replaced by ") + (hidden.by() + 1) + ")");
        }
    }

    private void equal() {
        Waste waste = inspection.waste();
        if (waste.equal().isEmpty()) {
            return;
        }
        log.info("Equal: " + ReportLines.size(waste.equalSize()) + " in files that lie in several places:");
        for (Waste.Equal equal :
                waste.equal().subList(0, Math.min(WORST, waste.equal().size()))) {
            List<String> places = new ArrayList<>();
            equal.places().forEach(path -> places.add(path.toString()));
            log.info("  " + Columns.right(ReportLines.size(equal.spare()), 9) + "  " + values(places));
        }
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    /** At most so long, without what is in the middle: ends of names tell more than that. */
    static String shorter(String text, int width) {
        int half = (width - 1) / 2;
        return text.length() <= width
                ? text
                : text.substring(0, width - 1 - half) + "…" + text.substring(text.length() - half);
    }
}
