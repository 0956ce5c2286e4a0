// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import io.jlayer.project.FilePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Plans the layers of files that users name, and that of {@code src/main/jlayer}. */
final class ExtraLayers {

    private static final String ORIGIN = "files";

    private final FileDigests digests;
    private final Consumer<String> warnings;

    ExtraLayers(FileDigests digests, Consumer<String> warnings) {
        this.digests = digests;
        this.warnings = warnings;
    }

    /** A layer for each of {@code extraLayers}, above one for the directory that is laid out at the root, if it exists. */
    List<PlannedLayer> plan(List<ExtraLayer> extraLayers, Path filesForRoot) throws IOException {
        List<PlannedLayer> planned = new ArrayList<>();
        digests.watch(filesForRoot);
        if (Files.isDirectory(filesForRoot)) {
            ExtraLayer.FileSet all = ExtraLayer.FileSet.of(filesForRoot, "/", List.of(), List.of(), null, null, "0:0");
            planned.add(plan(new ExtraLayer("src/main/jlayer", List.of(all), List.of())));
        }
        for (ExtraLayer layer : extraLayers) {
            planned.add(plan(layer));
        }
        return planned;
    }

    private PlannedLayer plan(ExtraLayer layer) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        Set<LayerPath> intoIfDirectory = new HashSet<>();
        for (ExtraLayer.FileSet files : layer.files()) {
            List<FileEntry> of = entries(files, layer.name());
            entries.addAll(of);
            if (!files.into().endsWith("/") && !Files.isDirectory(files.from())) {
                of.forEach(entry -> intoIfDirectory.add(entry.path()));
            }
        }
        for (ExtraLayer.Link link : layer.links()) {
            entries.add(new FileEntry.Symlink(link.at(), Metadata.FILE, link.to()));
        }
        try {
            return new PlannedLayer(
                    ORIGIN,
                    new LayerSpec(layer.name(), Directories.once(entries)),
                    PlannedLayer.Place.ANYWHERE,
                    intoIfDirectory);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), "layer '" + layer.name() + "'", "give each path once, and none of those names", e);
        }
    }

    private List<FileEntry> entries(ExtraLayer.FileSet files, String layer) throws IOException {
        Path from = files.from();
        digests.watch(from);
        if (Files.isDirectory(from)) {
            return directoryEntries(files, layer);
        }
        if (!Files.isRegularFile(from)) {
            throw new UserError(
                    "there is no file or directory " + from, "layer '" + layer + "' in <layers>", "correct <from>");
        }
        LayerPath path = LayerPath.of(files.into()).resolve(FileNames.name(from));
        digests.watchMode(from);
        return List.of(new FileEntry.Regular(path, metadata(files, from), new LocalFile(from, digests)));
    }

    private List<FileEntry> directoryEntries(ExtraLayer.FileSet files, String layer) throws IOException {
        FileChoice choice = new FileChoice(new FilePatterns(files.includes(), files.excludes()));
        LayerPath into = LayerPath.of(files.into());
        Metadata forDirectory = Metadata.of(files.directoryMode(), files.uid(), files.gid());
        List<FileEntry> entries = new ArrayList<>();
        if (!into.isRoot()) {
            entries.add(new FileEntry.Directory(into, forDirectory));
        }
        int before = entries.size();
        for (SourceTree.Item item : SourceTree.read(files.from(), digests, warnings)) {
            if (choice.holds(item.name())) {
                Metadata forFile = metadata(files, item.file());
                digests.watchMode(item.file());
                entries.add(item.entry(into.resolve(item.name()), forFile, forDirectory, digests));
            }
        }
        if (entries.size() == before && !files.includes().isEmpty()) {
            warnings.accept("layer '" + layer + "': nothing below " + files.from() + " is left by <includes> "
                    + files.includes() + " and <excludes> " + files.excludes()
                    + "; patterns begin there, as **/*.yml");
        }
        return entries;
    }

    /** Only whether a file may be run counts, so that the build machine's umask does not get into the image. */
    private static Metadata metadata(ExtraLayer.FileSet files, Path file) throws IOException {
        OptionalInt mode = files.mode();
        int usual = isExecutable(file) ? 0755 : 0644;
        return Metadata.of(mode.orElse(usual), files.uid(), files.gid());
    }

    /** By the file's mode: whether this user may run it is another question, with another answer for each user. */
    private static boolean isExecutable(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false; // a link that leads nowhere here
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null
                ? Files.isExecutable(file)
                : view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
