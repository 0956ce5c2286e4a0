// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.ImageFiles.Seen;
import io.jlayer.image.LayerFile;
import io.jlayer.image.VisibleText;
import io.jlayer.inspect.Inspection;
import io.jlayer.layer.LayerPath;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;

/** What a container sees at a path, and which layer each comes from. */
public final class PathLines {

    /** More layers than this are told by the lowest and the highest. */
    private static final int MOST_LAYERS = 5;

    private static final int NAME_WIDTH = 34;

    private final Log log;
    private final Inspection inspection;

    public PathLines(Log log, Inspection inspection) {
        this.log = log;
        this.inspection = inspection;
    }

    /** A name in a directory, with all that is below it. */
    private static final class Child {

        private final Seen seen;
        private final SortedSet<Integer> layers = new TreeSet<>();
        private long size;
        private long files;

        Child(Seen seen) {
            this.seen = seen;
        }

        void add(Seen below) {
            layers.add(below.layer() + 1);
            boolean file = !below.file().isDirectory();
            files += file ? 1 : 0;
            size += file ? below.file().size() : 0;
        }
    }

    public void show(String path) {
        Seen seen = find(inspection.files(), path, "path");
        LayerFile file = seen.file();
        String where = VisibleText.of(file.path().toString());
        if (!file.isDirectory()) {
            Child alone = new Child(seen);
            alone.add(seen);
            line(alone, where);
            file.content().ifPresent(digest -> log.info(digest + "  " + where));
            return;
        }
        SortedMap<String, Child> children = children(file.path());
        log.info(where + (children.isEmpty() ? " is empty" : ""));
        children.forEach((name, child) -> line(child, VisibleText.of(name)));
    }

    private SortedMap<String, Child> children(LayerPath directory) {
        int front = directory.isRoot() ? 0 : directory.value().length() + 1;
        SortedMap<String, Child> children = new TreeMap<>();
        for (Map.Entry<LayerPath, Seen> below :
                inspection.files().below(directory).entrySet()) {
            String name = below.getKey().value().substring(front);
            int slash = name.indexOf('/');
            // A directory comes before what is in it.
            Child child = slash < 0
                    ? children.computeIfAbsent(name, key -> new Child(below.getValue()))
                    : children.get(name.substring(0, slash));
            child.add(below.getValue());
        }
        return children;
    }

    private void line(Child child, String name) {
        LayerFile file = child.seen.file();
        String files = file.isDirectory() ? child.files + (child.files == 1 ? " file" : " files") : "";
        log.info("  " + TarLines.mode(file) + " " + Columns.left(TarLines.owner(file), 9)
                + " " + Columns.right(ReportLines.size(child.size), 9)
                + "  " + Columns.right(files, 11)
                + "  " + Columns.left(layers(child.layers), NAME_WIDTH + 4)
                + "  " + name + (file.isDirectory() ? "/" : TarLines.link(file)));
    }

    private String layers(SortedSet<Integer> numbers) {
        if (numbers.size() == 1) {
            int number = numbers.first();
            String name = VisibleText.of(inspection.layers().get(number - 1).name());
            return Columns.right(String.valueOf(number), 2) + "  " + InspectLines.shorter(name, NAME_WIDTH);
        }
        return numbers.size() > MOST_LAYERS
                ? "layers " + numbers.first() + " to " + numbers.last()
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "layers ", ""));
    }

    /**
     * What a program that opens the path gets.
     *
     * @throws UserError if nothing is there
     */
    static Seen find(ImageFiles files, String path, String setting) {
        Optional<Seen> seen;
        try {
            seen = files.find(path);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "-Djlayer.inspect." + setting, "name another path", e);
        }
        return seen.orElseThrow(() -> new UserError(
                "a container sees nothing at " + VisibleText.of(path),
                "-Djlayer.inspect." + setting,
                near(files, path)));
    }

    /** The nearest name in the deepest directory of the path that is there. */
    private static String near(ImageFiles files, String path) {
        String at = path;
        String wanted = "";
        Optional<Seen> directory = Optional.empty();
        while (directory.isEmpty() && !at.isEmpty()) {
            int slash = Math.max(0, at.lastIndexOf('/'));
            wanted = at.substring(at.startsWith("/", slash) ? slash + 1 : slash);
            at = at.substring(0, slash);
            directory = files.find(at);
        }
        if (directory.isEmpty() || !directory.get().file().isDirectory()) {
            return "list what is there: -Djlayer.inspect.path=/";
        }
        LayerPath there = directory.get().file().path();
        SortedSet<String> names = new TreeSet<>();
        files.below(there).keySet().stream()
                .filter(below -> below.parent().equals(there))
                .forEach(below -> names.add(below.name()));
        return Nearest.suggest(wanted, names)
                .map(name ->
                        "did you mean " + VisibleText.of(there.resolve(name).toString()) + "?")
                .orElse("list what is there: -Djlayer.inspect.path=" + VisibleText.of(there.toString()));
    }
}
