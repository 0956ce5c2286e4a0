// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileLook;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lists what is below a directory of the project: files, directories and symbolic links, which are not followed. */
final class SourceTree {

    private final FileDigests digests;
    private final Consumer<String> warnings;
    /** Whether times of directories without links do not count, since all that is in them is watched. */
    private final boolean namesAlone;

    private final List<Item> items = new ArrayList<>();

    private SourceTree(FileDigests digests, Consumer<String> warnings, boolean namesAlone) {
        this.digests = digests;
        this.warnings = warnings;
        this.namesAlone = namesAlone;
    }

    /**
     * Something below the directory.
     *
     * @param name its path from there, with slashes
     * @param file where it is
     * @param look what it is, and how it looks
     */
    record Item(String name, Path file, FileLook look) {

        FileEntry entry(LayerPath path, Metadata forFile, Metadata forDirectory, FileDigests digests)
                throws IOException {
            return switch (look.kind()) {
                case DIRECTORY -> new FileEntry.Directory(path, forDirectory);
                case LINK -> new FileEntry.Symlink(path, forFile, target());
                default -> new FileEntry.Regular(path, forFile, new LocalFile(file, digests, look.state()));
            };
        }

        private String target() throws IOException {
            return FileNames.target(file).replace(File.separatorChar, '/');
        }
    }

    /**
     * All that is below, in no particular order; its directories are watched for names that come and go. Sockets and the
     * like are passed over with a warning.
     */
    static List<Item> read(Path start, FileDigests digests, Consumer<String> warnings) throws IOException {
        return read(start, new SourceTree(digests, warnings, false));
    }

    /** As {@link #read}, where the digests of all files will be asked for: of the directories only their names count then. */
    static List<Item> readWhole(Path start, FileDigests digests, Consumer<String> warnings) throws IOException {
        return read(start, new SourceTree(digests, warnings, true));
    }

    private static List<Item> read(Path start, SourceTree tree) throws IOException {
        // A path that is a link would be watched for where it leads, and not for what is there.
        tree.readDirectory(Files.isSymbolicLink(start) ? start.toRealPath() : start, "");
        return tree.items;
    }

    /** Each thing is looked at once: there are as many as classes, and a JVM that has compiled nothing yet feels each look. */
    private void readDirectory(Path directory, String prefix) throws IOException {
        digests.watch(directory);
        Listing listing = Listing.of(directory);
        boolean plain = namesAlone;
        for (Path file : listing.files()) {
            String name = prefix + name(file, directory);
            FileLook look = FileLook.at(file);
            if (look.kind() == FileLook.Kind.OTHER) {
                warnings.accept(file + " is left out: it is neither a file, a directory nor a link");
                continue;
            }
            plain &= look.kind() != FileLook.Kind.LINK;
            items.add(new Item(name, file, look));
            if (look.kind() == FileLook.Kind.DIRECTORY) {
                readDirectory(file, name + "/");
            }
        }
        if (plain) { // where a link leads is told by nothing but its directory's times
            digests.watchNames(directory, listing);
        }
    }

    private static String name(Path file, Path directory) throws IOException {
        try {
            return FileNames.name(file);
        } catch (FileNames.NotUtf8Exception e) {
            throw new UserError(e.getMessage(), directory.toString(), "rename the file", e);
        }
    }
}
