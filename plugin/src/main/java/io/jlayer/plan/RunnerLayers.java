// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileLook;
import io.jlayer.blob.FileNames;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import io.jlayer.project.AppLayout;
import io.jlayer.project.Dependency;
import io.jlayer.project.FileReading;
import io.jlayer.project.KnownJars;
import io.jlayer.project.ModuleJar;
import io.jlayer.project.ModuleJars;
import io.jlayer.project.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files of a {@link Runner}, where they lie to each other as its plugin left them: the jars of others, to be grouped as
 * those of any application; what starts it; and what was made of the project. Jars that the plugin wrote carry the time of
 * their writing, and so go in in the form of {@link ModuleJar}.
 */
final class RunnerLayers {

    private static final String LIB = "lib/";
    private static final Metadata EXECUTABLE = Metadata.FILE.withMode(0755);
    private static final String APP = "app/";

    private final Runner runner;
    private final FileDigests digests;
    private final ModuleJars modules;
    private final KnownJars known;
    private final SortedMap<String, SourceTree.Item> items = new TreeMap<>();
    private final boolean apart;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<FileEntry> launcher = new ArrayList<>();
    private final List<FileEntry> own = new ArrayList<>();

    /**
     * Sorts the files.
     *
     * @param known tells the coordinates of jars
     */
    RunnerLayers(Runner runner, ModuleJars modules, KnownJars known, FileDigests digests, Consumer<String> warnings)
            throws IOException {
        this.runner = runner;
        this.digests = digests;
        this.modules = modules;
        this.known = known;
        for (Path part : runner.parts()) {
            read(part, warnings);
        }
        lookAtAll();
        // Then what starts it holds none of the project's classes, and stays as long as the jars do.
        apart = !items.subMap(APP, APP + Character.MAX_VALUE).isEmpty();
        for (SourceTree.Item item : items.values()) {
            add(item);
        }
    }

    private void read(Path part, Consumer<String> warnings) throws IOException {
        if (Files.isDirectory(part)) {
            String below = part.equals(runner.root()) ? "" : FileNames.below(runner.root(), part) + "/";
            for (SourceTree.Item item : SourceTree.read(part, digests, warnings)) {
                String name = (below + item.name()).replace('\\', '/');
                items.put(name, new SourceTree.Item(name, item.file(), item.look()));
            }
        } else {
            String name = FileNames.below(runner.root(), part).replace('\\', '/');
            items.put(name, new SourceTree.Item(name, part, FileLook.at(part)));
        }
    }

    /** Those that are not known yet are read side by side. */
    private void lookAtAll() throws IOException {
        List<LocalFile> files = new ArrayList<>();
        for (SourceTree.Item item : items.values()) {
            if (item.look().kind() == FileLook.Kind.FILE) {
                files.add(new LocalFile(item.file(), digests, item.look().state()));
            }
        }
        FileReading.look(files);
    }

    private void add(SourceTree.Item item) throws IOException {
        LayerPath path = AppLayout.ROOT.resolve(item.name());
        boolean starts = item.file().equals(runner.start());
        Metadata mode = starts && runner.executable() ? EXECUTABLE : Metadata.FILE;
        FileEntry entry = item.entry(path, mode, Metadata.DIRECTORY, digests);
        if (!(entry instanceof FileEntry.Regular regular)) {
            own.add(entry);
        } else if (item.name().startsWith(LIB) && item.name().endsWith(".jar")) {
            dependencies.add(known.dependency(path, regular.content()));
        } else {
            FileContent content = item.name().endsWith(".jar") ? modules.normal(item.file()) : regular.content();
            (starts && apart ? launcher : own).add(new FileEntry.Regular(path, mode, content));
        }
    }

    /** Its jars. */
    List<Dependency> dependencies() {
        return List.copyOf(dependencies);
    }

    /** The layers of all that are no jars of others, lowest first. */
    List<PlannedLayer> others() {
        List<PlannedLayer> layers = new ArrayList<>();
        addUnlessEmpty(layers, "launch", "launcher", launcher);
        addUnlessEmpty(layers, "classes", "classes", own);
        return layers;
    }

    private static void addUnlessEmpty(List<PlannedLayer> layers, String origin, String name, List<FileEntry> entries) {
        if (!entries.isEmpty()) {
            layers.add(new PlannedLayer(origin, new LayerSpec(name, entries), PlannedLayer.Place.APPLICATION));
        }
    }

    /** What starts it; the flags are for a JVM, and a native executable has none. */
    List<String> command(List<String> jvmFlags) throws IOException {
        String start = AppLayout.ROOT
                .resolve(FileNames.below(runner.root(), runner.start()).replace('\\', '/'))
                .toString();
        List<String> command = new ArrayList<>();
        if (!runner.executable()) {
            command.add("java");
            command.addAll(jvmFlags);
            command.add("-jar");
        }
        command.add(start);
        return command;
    }
}
