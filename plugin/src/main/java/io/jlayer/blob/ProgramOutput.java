// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a program prints, read on the side, so that it never waits for a reader. Its beginning is kept in memory, the rest is
 * dropped; no file is needed, so that a full disk is nothing that this could be blamed on.
 */
public final class ProgramOutput {

    /** What the program has left running may hold its end of the pipe for long; it is not waited for. */
    private static final long QUIET_MILLIS = 2000;

    private final InputStream from;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader = new Thread(this::read, "jlayer-program-output");
    private long read;

    private ProgramOutput(InputStream from, int limit) {
        this.from = from;
        this.limit = limit;
    }

    /** Begins to read; at most {@code limit} bytes are kept. */
    public static ProgramOutput of(InputStream from, int limit) {
        ProgramOutput output = new ProgramOutput(from, limit);
        output.reader.setDaemon(true);
        output.reader.start();
        return output;
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = from) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException e) {
            // it was ended
        }
    }

    private synchronized void keep(byte[] buffer, int count) {
        kept.write(buffer, 0, Math.min(count, limit - kept.size()));
        read += count;
    }

    private synchronized long read(boolean whole) {
        return whole ? kept.size() : read;
    }

    /** Whether no more was printed than is kept. */
    public boolean isWhole() {
        return read(true) == read(false);
    }

    /**
     * What was printed; to be asked when the program has ended. UTF-8 that is none is shown as such.
     *
     * @throws InterruptedException if this thread is, while the last of it is read
     */
    public String text() throws InterruptedException {
        long before;
        do {
            before = read(false);
            reader.join(QUIET_MILLIS);
        } while (reader.isAlive() && read(false) > before);
        synchronized (this) {
            return kept.toString(UTF_8);
        }
    }
}
