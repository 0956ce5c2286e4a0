// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A stretch of a layer's tar that is deflated on its own, so that blocks can be packed side by side and give the same
 * bytes whoever packs them. Of the block before it needs only the last bytes of input, which it may refer to.
 */
final class GzipBlock {

    /** Bytes of input in a block. Part of the form of layers: another size gives other bytes. */
    static final int SIZE = 512 << 10;
    /** How far deflate can look back. */
    static final int WINDOW = 32 << 10;

    private final byte[] input = new byte[SIZE];
    private int length;
    /** Where the hint changed: it is "not packed" at the block's start, and the other way round at each of these. */
    private int[] turns = new int[64];

    private int turnCount;
    private boolean packed;

    /** Takes as much as fits and says how much that was. */
    int fill(byte[] bytes, int offset, int count, boolean packedAlready) {
        if (packedAlready != packed) {
            if (turnCount == turns.length) {
                turns = Arrays.copyOf(turns, 2 * turnCount);
            }
            turns[turnCount++] = length;
            packed = packedAlready;
        }
        int taken = Math.min(count, SIZE - length);
        System.arraycopy(bytes, offset, input, length, taken);
        length += taken;
        return taken;
    }

    boolean isFull() {
        return length == SIZE;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The last bytes of input, for the next block to refer to. */
    byte[] tail() {
        return Arrays.copyOfRange(input, Math.max(0, length - WINDOW), length);
    }

    /**
     * Deflates the block up to a byte's edge, as a part of a deflate stream that is neither first nor last.
     *
     * <p>What is packed already passes at level 0, which stores it. Changing a {@link Deflater}'s level keeps what it has
     * seen, so local file headers of a jar, which lie between packed bytes, are still packed by likeness to earlier ones.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
     */
    Packed pack(Deflater deflater, int level, byte[] before) {
        deflater.reset();
        deflater.setLevel(level);
        if (before.length > 0) {
            deflater.setDictionary(before);
        }
        Packed packed = new Packed(length);
        int from = 0;
        for (int turn = 0; turn < turnCount; turn++) {
            packed.deflate(deflater, input, from, turns[turn]);
            deflater.setLevel(turn % 2 == 0 ? 0 : level);
            // The new level holds from the next call on, and that call still packs its input at the old one.
            packed.deflate(deflater, input, 0, 0);
            from = turns[turn];
        }
        packed.deflate(deflater, input, from, length);
        packed.flush(deflater);
        return packed;
    }

    /** Deflated bytes; the room for them is ample, since the room left decides how deflate cuts what it stores. */
    static final class Packed {

        private byte[] bytes;
        private int length;

        private Packed(int inputLength) {
            bytes = new byte[inputLength + inputLength / 8 + 4096];
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        private void deflate(Deflater deflater, byte[] input, int from, int to) {
            deflater.setInput(input, from, to - from);
            do {
                drain(deflater, Deflater.NO_FLUSH);
            } while (!deflater.needsInput());
        }

        private void flush(Deflater deflater) {
            drain(deflater, Deflater.SYNC_FLUSH);
        }

        private void drain(Deflater deflater, int flush) {
            int count;
            do {
                if (bytes.length - length < 4096) {
                    bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1));
                }
                count = deflater.deflate(bytes, length, bytes.length - length, flush);
                length += count;
            } while (bytes.length == length);
        }
    }
}
