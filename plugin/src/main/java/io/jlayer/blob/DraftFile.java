// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is needed for a while: as a rule in a store's {@code tmp/}, where another program may write it. It goes when
 * this is closed, or the JVM is told to end; what {@code kill -9} leaves, goes as all drafts do.
 */
public final class DraftFile implements Closeable {

    private final Path path;
    /** Not {@code deleteOnExit}, which would remember each file for as long as a daemon lives. */
    private final Thread end = new Thread(this::endWithJvm, "jlayer-draft-end");

    private DraftFile(Path path) {
        this.path = path;
    }

    static DraftFile in(Path tmp, String prefix) {
        return of(DraftName.in(tmp, prefix));
    }

    /** A draft of a file outside of stores, under a hidden name beside it; after {@code kill -9}, it stays there. */
    public static DraftFile beside(Path file) {
        return of(DraftName.beside(file));
    }

    private static DraftFile of(Path path) {
        DraftFile draft = new DraftFile(path);
        Runtime.getRuntime().addShutdownHook(draft.end);
        return draft;
    }

    /** Where it may be written. */
    public Path path() {
        return path;
    }

    private void endWithJvm() {
        try {
            Files.deleteIfExists(path);
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
        Files.deleteIfExists(path);
    }
}
