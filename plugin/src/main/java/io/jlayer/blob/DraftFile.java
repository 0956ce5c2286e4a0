// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in a store's {@code tmp/} that another program writes, and that is read while this is open. It goes when this is
 * closed, or the JVM is told to end; what {@code kill -9} leaves, goes as all drafts do.
 *
 * @param path where it may be written
 */
public record DraftFile(Path path) implements Closeable {

    static DraftFile in(Path tmp, String prefix) {
        DraftFile draft = new DraftFile(DraftName.in(tmp, prefix));
        draft.path().toFile().deleteOnExit();
        return draft;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
