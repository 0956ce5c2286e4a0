// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.image.VisibleText;
import io.jlayer.overlay.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a trial changed, in lines for a terminal. */
final class ChangeLines {

    private static final int DEEPEST = 4;

    private ChangeLines() {}

    /**
     * A line for each change; if those are too many, one for a new directory with all that is in it; if those are too
     * many, one for each directory, as deep as it goes.
     */
    static List<String> of(List<Change> sorted, int atMost) {
        return of(sorted, atMost, ChangeLines::line, "-Djlayer.try.diff=FILE.json");
    }

    /**
     * As {@link #of(List, int)}, with other words.
     *
     * @param single what the line of a single change says
     * @param all the setting by which one gets all of them
     */
    static List<String> of(List<Change> sorted, int atMost, Function<Change, String> single, String all) {
        if (sorted.size() <= atMost) {
            return sorted.stream().map(single).toList();
        }
        List<String> lines = byNewDirectory(sorted).stream()
                .map(group -> group.size() == 1 ? single.apply(group.get(0)) : line(group))
                .toList();
        for (int depth = DEEPEST; lines.size() > atMost && depth > 0; depth--) {
            lines = byDirectory(sorted, depth);
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), atMost)));
        shown.add("all of them: " + all);
        return shown;
    }

    private static List<String> byDirectory(List<Change> sorted, int depth) {
        Map<String, List<Change>> directories = new TreeMap<>();
        for (Change change : sorted) {
            String[] names = change.path().value().split("/", -1);
            int length = Math.min(depth, names.length - 1);
            directories
                    .computeIfAbsent(String.join("/", Arrays.copyOf(names, length)), name -> new ArrayList<>())
                    .add(change);
        }
        return directories.entrySet().stream()
                .map(entry -> "/" + VisibleText.of(entry.getKey()) + "  " + counts(entry.getValue()))
                .toList();
    }

    private static String counts(List<Change> changes) {
        StringBuilder counts = new StringBuilder();
        for (Change.Kind kind : Change.Kind.values()) {
            long count =
                    changes.stream().filter(change -> change.kind() == kind).count();
            if (count > 0) {
                counts.append(kind.letter()).append(' ').append(count).append(", ");
            }
        }
        return counts
                + ReportLines.size(changes.stream().mapToLong(Change::size).sum());
    }

    /** Changes in the order they came; what was put into a new directory follows the directory in its group. */
    private static List<List<Change>> byNewDirectory(List<Change> sorted) {
        List<List<Change>> groups = new ArrayList<>();
        String inside = null;
        for (Change change : sorted) {
            String path = change.path().toString();
            if (inside != null && path.startsWith(inside)) {
                groups.get(groups.size() - 1).add(change);
                continue;
            }
            groups.add(new ArrayList<>(List.of(change)));
            inside = change.kind() != Change.Kind.CHANGED && change.directory() ? path + "/" : null;
        }
        return groups;
    }

    private static String line(List<Change> group) {
        return line(group.get(0)) + "  " + inside(group);
    }

    private static String line(Change change) {
        String name = change.kind().letter() + " "
                + VisibleText.of(change.path().toString()) + (change.directory() ? "/" : "");
        boolean sized = !change.directory() && change.kind() != Change.Kind.DELETED;
        String size = sized ? "  " + ReportLines.size(change.size()) : "";
        return name + size + (change.copiedUp() ? "  (copied up)" : "");
    }

    private static String inside(List<Change> group) {
        long files = group.stream().filter(change -> !change.directory()).count();
        long size = group.stream().mapToLong(Change::size).sum();
        return files + (files == 1 ? " file, " : " files, ") + ReportLines.size(size);
    }
}
