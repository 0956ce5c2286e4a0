// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.overlay.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a trial changed, in lines for a terminal. */
final class ChangeLines {

    private ChangeLines() {}

    /** A line for each change, and for a new directory and all below it one, if there would be more lines than these. */
    static List<String> of(List<Change> sorted, int atMost) {
        Stream<List<Change>> groups = sorted.size() > atMost
                ? byNewDirectory(sorted).stream()
                : sorted.stream().map(List::of);
        List<String> lines = groups.map(ChangeLines::line).toList();
        return lines.size() > atMost ? cut(lines, atMost) : lines;
    }

    private static List<String> cut(List<String> lines, int atMost) {
        List<String> shown = new ArrayList<>(lines.subList(0, atMost));
        shown.add("and " + (lines.size() - atMost) + " more; -Djlayer.try.diff=FILE.json writes them all");
        return shown;
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
            inside = change.kind() == Change.Kind.ADDED && change.directory() ? path + "/" : null;
        }
        return groups;
    }

    private static String line(List<Change> group) {
        Change change = group.get(0);
        String name = change.kind().letter() + " " + change.path() + (change.directory() ? "/" : "");
        if (change.directory()) {
            return group.size() == 1 ? name : name + "  " + inside(group);
        }
        String size = change.kind() == Change.Kind.DELETED ? "" : "  " + ReportLines.size(change.size());
        return name + size + (change.copiedUp() ? "  (copied up)" : "");
    }

    private static String inside(List<Change> group) {
        long files = group.stream().filter(change -> !change.directory()).count();
        long size = group.stream().mapToLong(Change::size).sum();
        return files + (files == 1 ? " file, " : " files, ") + ReportLines.size(size);
    }
}
