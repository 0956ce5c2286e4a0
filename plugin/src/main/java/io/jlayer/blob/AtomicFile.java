// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The new content of a file that is replaced at once or not at all: whoever reads finds the old content or the new one,
 * whole, and of many writers the last one wins. Closed without {@link #commit}, it changes nothing. For one thread.
 *
 * <p>It is written beside the file, under a hidden name that nobody else takes. Not as a "temporary file" of Java's: those
 * are for their owner's eyes only, and so would the file be that one becomes.
 */
public final class AtomicFile implements Closeable {

    /** What a power cut may leave of a file that was replaced just before. */
    public enum Sync {
        /** Anything; for what can be made again, or is checked when it is read. */
        NONE,
        /** The old content or the new one: the new one is on the disk before it takes the file's place. */
        CONTENT
    }

    private final Path file;
    private final Path draft;
    private final Sync sync;
    private final FileChannel channel;
    private final OutputStream content;

    private AtomicFile(Path file, Sync sync) throws IOException {
        this.file = file;
        this.draft = DraftName.beside(file);
        this.sync = sync;
        this.channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.content = Channels.newOutputStream(channel);
    }

    /** Begins to write; the directory must be there, the file need not. */
    public static AtomicFile replacing(Path file, Sync sync) throws IOException {
        return new AtomicFile(file, sync);
    }

    /** Writes all at once. */
    public static void write(Path file, byte[] content, Sync sync) throws IOException {
        try (AtomicFile replaced = replacing(file, sync)) {
            replaced.content().write(content);
            replaced.commit();
        }
    }

    /** Where the content is written to, unbuffered; it need not be closed. */
    public OutputStream content() {
        return content;
    }

    /** Puts what was written in the file's place; nothing can be written after that. */
    public void commit() throws IOException {
        if (sync == Sync.CONTENT) {
            channel.force(true);
        }
        channel.close();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
