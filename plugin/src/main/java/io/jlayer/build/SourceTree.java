// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lists what is below a directory of the project: files, directories and symbolic links, which are not followed. */
final class SourceTree {

    private SourceTree() {}

    /**
     * Something below the directory.
     *
     * @param name its path from there, with slashes
     * @param file where it is
     * @param attributes what it is
     */
    record Item(String name, Path file, BasicFileAttributes attributes) {

        FileEntry entry(LayerPath path, Metadata forFile, Metadata forDirectory, FileDigests digests)
                throws IOException {
            if (attributes.isDirectory()) {
                return new FileEntry.Directory(path, forDirectory);
            } else if (attributes.isSymbolicLink()) {
                String target = FileNames.target(file).replace('\\', '/');
                return new FileEntry.Symlink(path, forFile, target);
            }
            return new FileEntry.Regular(path, forFile, new LocalFile(file, digests));
        }
    }

    /**
     * All that is below, in no particular order; its directories are watched for names that come and go. Sockets and the
     * like are passed over with a warning.
     */
    static List<Item> read(Path start, FileDigests digests, Consumer<String> warnings) throws IOException {
        // A walk does not go through a link that it starts at.
        Path directory = Files.isSymbolicLink(start) ? start.toRealPath() : start;
        List<Item> items = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) throws IOException {
                digests.watch(at);
                if (!at.equals(directory)) {
                    items.add(item(directory, at, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isOther()) {
                    warnings.accept(file + " is left out: it is neither a file, a directory nor a link");
                } else {
                    items.add(item(directory, file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return items;
    }

    private static Item item(Path directory, Path file, BasicFileAttributes attributes) throws IOException {
        try {
            String name = FileNames.below(directory, file).replace('\\', '/');
            return new Item(name, file, attributes);
        } catch (FileNames.NotUtf8Exception e) {
            throw new UserError(
                    e.getMessage(), directory.toString(), "rename the file: images have UTF-8 names only", e);
        }
    }
}
