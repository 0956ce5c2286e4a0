// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.error.UserError;
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
import io.jlayer.project.WebApplication;
import io.jlayer.project.WebArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of a web application, all below one directory: its jars, to be grouped as those of any application, what
 * starts it, what it serves, and its classes.
 */
final class WebLayers {

    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIB = "WEB-INF/lib/";
    /** Spring Boot puts here what a server has anyway. */
    private static final String LIB_PROVIDED = "WEB-INF/lib-provided/";

    private final Path file;
    private final WebArchive archive;
    private final KnownJars known;
    private final boolean alone;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<FileEntry> launcher = new ArrayList<>();
    private final List<FileEntry> served = new ArrayList<>();
    private final List<FileEntry> classes = new ArrayList<>();

    /**
     * Sorts the archive's files.
     *
     * @param known tells the coordinates of the archive's jars
     * @param alone whether it runs by itself, and not in a server of the base
     * @throws UserError if the archive has names that no image can have
     */
    WebLayers(WebApplication application, WebArchive archive, KnownJars known, boolean alone) throws IOException {
        this.file = application.archive();
        this.archive = archive;
        this.known = known;
        this.alone = alone;
        lookAtAll();
        try {
            for (Map.Entry<String, FileContent> each : archive.files().entrySet()) {
                add(each.getKey(), each.getValue());
            }
            for (String directory : archive.directories()) {
                served.add(new FileEntry.Directory(path(directory), Metadata.DIRECTORY));
            }
        } catch (IllegalArgumentException e) {
            throw unfit(e);
        }
    }

    private UserError unfit(IllegalArgumentException cause) {
        return new UserError(cause.getMessage(), file.toString(), "leave that file out of the war", cause);
    }

    /** Those that are not known yet are read side by side. */
    private void lookAtAll() throws IOException {
        List<LocalFile> local = new ArrayList<>();
        for (FileContent content : archive.files().values()) {
            if (content instanceof LocalFile file) {
                local.add(file);
            }
        }
        FileReading.look(local);
    }

    private void add(String name, FileContent content) throws IOException {
        LayerPath path = path(name);
        if ((name.startsWith(LIB) || name.startsWith(LIB_PROVIDED)) && name.endsWith(".jar")) {
            dependencies.add(known.dependency(path, content));
            return;
        }
        List<FileEntry> kind = !name.endsWith(".class") ? served : name.startsWith(CLASSES) ? classes : launcher;
        kind.add(new FileEntry.Regular(path, Metadata.FILE, content));
    }

    private LayerPath path(String name) {
        return (alone ? AppLayout.WEB : LayerPath.ROOT).resolve(name);
    }

    /** Its jars. */
    List<Dependency> dependencies() {
        return List.copyOf(dependencies);
    }

    /** What all paths are below. */
    PlannedLayer.Place place() {
        return alone ? PlannedLayer.Place.APPLICATION : PlannedLayer.Place.WEB_ROOT;
    }

    /** The layers of all that are no jars, lowest first. */
    List<PlannedLayer> others() {
        List<PlannedLayer> layers = new ArrayList<>();
        addUnlessEmpty(layers, "dependencies", "launcher", launcher);
        addUnlessEmpty(layers, "resources", "web resources", served);
        addUnlessEmpty(layers, "classes", "classes", classes);
        return layers;
    }

    private void addUnlessEmpty(List<PlannedLayer> layers, String origin, String name, List<FileEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            layers.add(new PlannedLayer(origin, new LayerSpec(name, entries), place()));
        } catch (IllegalArgumentException e) {
            throw unfit(e);
        }
    }

    /** As {@code java -jar} would start it; that needs no archive. */
    List<String> command(List<String> jvmFlags) {
        List<String> command = new ArrayList<>();
        command.add("java");
        command.addAll(jvmFlags);
        command.add("-cp");
        command.add(AppLayout.WEB.toString());
        command.add(archive.mainClass());
        return command;
    }
}
