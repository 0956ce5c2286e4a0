// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.BulkInputStream;
import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream in a thread of its own, some pieces ahead of whoever wants its bytes: so one processor unpacks and hashes
 * while another writes what came of it. Memory is bounded, whatever the stream's length. For one thread; closing ends the
 * other one.
 */
final class ReadAhead extends BulkInputStream {

    private static final int PIECES = 8;
    private static final int SIZE = 128 << 10;

    private static final Piece NOTHING = new Piece(new byte[0], 0, null);

    private final InputStream in;
    private final BlockingQueue<Piece> read = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(PIECES);
    private final Thread reader = new Thread(this::readAll, "jlayer-read-ahead");
    private Piece current = NOTHING;
    private int position;

    /** Some bytes; or the end, with the failure that it was, if it was one. */
    private static final class Piece {

        private static final int END = -1;

        final byte[] bytes;
        final int length;
        final Throwable failure;

        Piece(byte[] bytes, int length, Throwable failure) {
            this.bytes = bytes;
            this.length = length;
            this.failure = failure;
        }
    }

    /** Begins to read {@code in} at once; it is closed with this. */
    ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 0; i < PIECES; i++) {
            free.add(new byte[SIZE]);
        }
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        try {
            Piece piece;
            do {
                piece = piece(free.take());
                read.put(piece);
            } while (piece.length > 0);
        } catch (InterruptedException e) {
            return; // nobody wants the rest
        }
    }

    private Piece piece(byte[] bytes) {
        try {
            int length = in.readNBytes(bytes, 0, bytes.length);
            return new Piece(bytes, length == 0 ? Piece.END : length, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Piece(bytes, Piece.END, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length) {
            next();
        }
        if (current.failure != null) {
            throw asThrown(current.failure);
        }
        if (current.length == Piece.END) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current.bytes, position, bytes, offset, count);
        position += count;
        return count;
    }

    private void next() throws IOException {
        byte[] used = current.bytes;
        current = NOTHING;
        position = 0;
        if (used.length > 0) {
            free.add(used);
        }
        try {
            current = read.take();
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    private static IOException asThrown(Throwable failure) {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        }
        return (IOException) failure;
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        in.close();
    }
}
