// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Interruption;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Packs with gzip: one ordinary member, whose deflate stream is made of blocks that are packed side by side. The bytes
 * depend on the input, the hints and the level, not on the number of threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipOutput extends LayerOutput {

    /** Deflate, no name, no time, no extra flags, operating system unknown. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** An empty last block, which ends a deflate stream. */
    private static final byte[] END = {3, 0};

    private static final byte[] NOTHING = new byte[0];

    /** No block that ends with an entry is shorter; of longer ones, one entry in 16 begins a new one. */
    private static final int SHORTEST_BLOCK = 128 << 10;

    private static final int EDGE_BITS = 4;
    /** Files of this size begin a block. */
    private static final int ALONE = 256 << 10;

    /** A block that is packed; with its key and the digest of its packed bytes if it is to be remembered. */
    private record Packed(GzipBlock block, Optional<Digest> key, Optional<Digest> digest) {}

    private final OutputStream out;
    private final int level;
    private final Workers workers;
    private final CRC32 crc = new CRC32();
    private final Deque<Future<Packed>> underWay = new ArrayDeque<>();
    private long size;
    /** The last hint. */
    private boolean hinted;
    /** Whether what was taken into blocks last was packed already. */
    private boolean packed;
    /** Offsets in the input at which that is to change; those before {@code turned} are done with. */
    private long[] turns = new long[1024];

    private int turnCount;
    private int turned;
    private GzipBlock block;
    private byte[] before = NOTHING;
    private boolean closed;
    private final Optional<PackedBlocks> earlier;
    private long packedSize = HEADER.length;

    GzipOutput(OutputStream out, int level, Workers workers, Optional<PackedBlocks> earlier) throws IOException {
        this.earlier = earlier;
        this.out = out;
        this.level = level;
        this.workers = workers;
        out.write(HEADER);
    }

    /**
     * Where blocks may end follows from the paths and sizes of entries, so that a change in one entry does not move the
     * blocks behind it.
     */
    @Override
    void entry(String path, long entrySize) {
        boolean edge = entrySize >= ALONE || (path.hashCode() * 0x9e3779b1) >>> (32 - EDGE_BITS) == 0;
        if (edge && block != null && block.length() >= SHORTEST_BLOCK) {
            submit();
        }
    }

    @Override
    void packedAlready(boolean already, int after) {
        if (already != hinted) {
            if (turned == turnCount) {
                turned = 0;
                turnCount = 0;
            }
            if (turnCount == turns.length) {
                turns = Arrays.copyOf(turns, 2 * turnCount);
            }
            turns[turnCount++] = size + after;
            hinted = already;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        int done = 0;
        while (done < length) {
            if (block == null) {
                block = newBlock();
                if (packed) {
                    block.turn(0);
                }
            }
            int taken = block.fill(bytes, offset + done, length - done);
            done += taken;
            size += taken;
            turn();
            if (block.isFull()) {
                submit();
            }
        }
    }

    /** Passes the hints for what the block took on to it. */
    private void turn() {
        long start = size - block.length();
        while (turned < turnCount && turns[turned] < size) {
            block.turn((int) (turns[turned++] - start));
            packed = !packed;
        }
    }

    private GzipBlock newBlock() throws IOException {
        GzipBlock taken = workers.tryTakeBlock();
        while (taken == null) {
            if (underWay.isEmpty()) {
                try {
                    return workers.takeBlock();
                } catch (InterruptedException e) {
                    throw Interruption.of("pack a layer", e);
                }
            }
            writeOldest();
            taken = workers.tryTakeBlock();
        }
        return taken;
    }

    private void submit() {
        GzipBlock full = block;
        byte[] dictionary = before;
        before = full.tail();
        block = null;
        underWay.add(workers.submit(() -> findOrPack(full, dictionary)));
    }

    private Packed findOrPack(GzipBlock full, byte[] dictionary) {
        if (earlier.isEmpty() || !full.isWorthFinding()) {
            workers.pack(full, level, dictionary);
            return new Packed(full, Optional.empty(), Optional.empty());
        }
        Digest key = full.key(level, dictionary);
        if (!earlier.get().fetch(key, full.packed())) {
            full.packed().clear();
            workers.pack(full, level, dictionary);
        }
        return new Packed(full, Optional.of(key), Optional.of(full.packed().digest()));
    }

    private void writeOldest() throws IOException {
        Future<Packed> oldest = underWay.remove();
        GzipBlock done = null;
        try {
            Packed packed = oldest.get();
            done = packed.block();
            if (packed.key().isPresent()) {
                int length = done.packed().length();
                earlier.orElseThrow()
                        .add(
                                packed.key().get(),
                                packedSize,
                                length,
                                packed.digest().orElseThrow());
            }
            write(done);
        } catch (InterruptedException e) {
            throw Interruption.of("pack a layer", e);
        } catch (ExecutionException e) {
            throw new IOException("pack a block: " + e.getCause(), e.getCause());
        } finally {
            if (done == null) {
                workers.giveUp();
            } else {
                workers.giveBack(done);
            }
        }
    }

    private void write(GzipBlock done) throws IOException {
        out.write(done.packed().bytes(), 0, done.packed().length());
        packedSize += done.packed().length();
    }

    /**
     * Ends the member: packs and writes what is left, waits for it, and writes the trailer. What was taken of the workers
     * is given back, also if that fails; closing once more does nothing.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (block != null && underWay.isEmpty()) {
                workers.pack(block, level, before); // a small layer is not worth another thread
                write(block);
            } else if (block != null) {
                submit();
            }
            while (!underWay.isEmpty()) {
                writeOldest();
            }
            out.write(END);
            writeTrailer();
        } finally {
            release();
        }
    }

    private void release() {
        if (block != null) {
            workers.giveBack(block);
            block = null;
        }
        while (!underWay.isEmpty()) {
            underWay.remove().cancel(false);
            workers.giveUp();
        }
    }

    private void writeTrailer() throws IOException {
        byte[] trailer = new byte[8];
        for (int i = 0; i < 4; i++) {
            trailer[i] = (byte) (crc.getValue() >>> (8 * i));
            trailer[4 + i] = (byte) (size >>> (8 * i));
        }
        out.write(trailer);
    }
}
