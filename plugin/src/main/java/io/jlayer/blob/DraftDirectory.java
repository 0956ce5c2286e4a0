// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * As {@link DraftFile}, a directory for files that are needed while this is open: it goes with all that is in it when this is
 * closed or the JVM is told to end; what {@code kill -9} leaves, prunings and later builds remove.
 */
public final class DraftDirectory implements Closeable {

    private final Path path;
    private final Thread end = new Thread(this::endWithJvm, "jlayer-draft-end");

    private DraftDirectory(Path path) {
        this.path = path;
    }

    static DraftDirectory in(Path tmp, String prefix) throws IOException {
        DraftDirectory draft = new DraftDirectory(Files.createDirectory(DraftName.in(tmp, prefix)));
        Runtime.getRuntime().addShutdownHook(draft.end);
        return draft;
    }

    /** Where it is; empty at first. */
    public Path path() {
        return path;
    }

    private void endWithJvm() {
        try {
            remove(path);
        } catch (IOException e) {
            return; // it goes as all drafts do
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and this with it
        }
        remove(path);
    }

    /** Removes a file, or a directory with all that is in it; follows no link. Somebody else may be at it too. */
    static void remove(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
