// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Removes a tree with all that is in it, also directories that may not be entered and files of subordinate ids. */
public final class TreeRemoval {

    private TreeRemoval() {}

    /**
     * Removes the tree if it is there; links are removed, never followed.
     *
     * @return whether it was this that removed it in the end; false if it was not there, or somebody else took it away
     */
    public static boolean remove(Path tree, Ownership ownership) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return removeOwn(tree);
        } catch (IOException e) {
            if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                return false; // another pruning was quicker
            }
            try {
                removeByProgram(tree, ownership);
                return true;
            } catch (IOException other) {
                other.addSuppressed(e);
                throw new IOException("remove " + tree + ": " + other.getMessage(), other);
            }
        }
    }

    /** For what this process may not remove, or cannot name: directories in each other can be deeper than any path is long. */
    private static void removeByProgram(Path tree, Ownership ownership) throws IOException {
        Path directory = tree.toAbsolutePath().getParent();
        List<String> rm = List.of(HostPrograms.require("rm"), "-rf", "--", "./" + FileNames.text(tree.getFileName()));
        // All is this user's own then, who can remove it without a namespace.
        boolean own = ownership instanceof Ownership.Flat;
        HostCommand.runAs(own ? new Ownership.Real() : ownership, rm, directory);
    }

    private static boolean removeOwn(Path tree) throws IOException {
        boolean[] removed = {false};
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                removed[0] = Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Overlayfs leaves a directory that nobody may enter, and images have some that nobody may change. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw failure;
                }
                Files.setAttribute(file, "unix:mode", 0700);
                removed[0] = removeOwn(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
                    Files.setAttribute(directory, "unix:mode", 0700);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                removed[0] = Files.deleteIfExists(directory); // the tree itself comes last
                return FileVisitResult.CONTINUE;
            }
        });
        return removed[0];
    }
}
