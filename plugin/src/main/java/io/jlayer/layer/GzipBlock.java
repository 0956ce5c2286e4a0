// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A stretch of a layer's tar that is deflated on its own, so that blocks can be packed side by side and give the same
 * bytes whoever packs them. Of the block before it needs only the last bytes of input, which it may refer to. For one
 * thread at a time; made to be used again.
 */
final class GzipBlock {

    /** The most bytes of input in a block. Part of the form of layers: another size gives other bytes. */
    static final int SIZE = 512 << 10;
    /** How far deflate can look back. */
    static final int WINDOW = 32 << 10;

    private static final byte[] NOTHING = new byte[0];
    private static final int WORTH_FINDING = 64 << 10;

    private final byte[] input = new byte[SIZE];
    private final DeflateBuffer packed = new DeflateBuffer(SIZE + SIZE / 8 + 4096);
    private int length;
    /** Where packed bytes begin and end in turn; the block's start is not packed unless one is there. */
    private int[] turns = new int[1024];

    private int turnCount;

    /** Makes the block empty again. */
    void clear() {
        length = 0;
        turnCount = 0;
        packed.clear();
    }

    /** Takes as much as fits and says how much that was. */
    int fill(byte[] bytes, int offset, int count) {
        int taken = Math.min(count, SIZE - length);
        System.arraycopy(bytes, offset, input, length, taken);
        length += taken;
        return taken;
    }

    /** Says that from this offset on the bytes are packed already, or no longer so. */
    void turn(int at) {
        if (turnCount == turns.length) {
            turns = Arrays.copyOf(turns, 2 * turnCount);
        }
        turns[turnCount++] = at;
    }

    boolean isFull() {
        return length == SIZE;
    }

    int length() {
        return length;
    }

    /** The last bytes of input, for the next block to refer to; none if they are packed, since nothing is like them. */
    byte[] tail() {
        return turnCount % 2 == 1 ? NOTHING : Arrays.copyOfRange(input, Math.max(0, length - WINDOW), length);
    }

    /**
     * Deflates the block up to a byte's edge, as a part of a deflate stream that is neither first nor last. What is packed
     * already is stored.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
     */
    void pack(Packer packer, byte[] before) {
        FixedCodes codes = packer.codes();
        codes.clear();
        int from = 0;
        for (int turn = 0; turn <= turnCount; turn++) {
            int to = turn < turnCount ? turns[turn] : length;
            if (turn % 2 == 1) {
                packed.store(input, from, to);
            } else if (to - from > FixedCodes.LONGEST) {
                Deflater deflater = packer.deflater();
                if (from == 0 && before.length > 0) {
                    deflater.setDictionary(before);
                }
                packed.deflate(deflater, input, from, to);
            } else if (to > from) {
                codes.deflate(input, from, to, packed);
            }
            from = to;
        }
        packed.align();
    }

    /** Whether packing takes so long that it pays to look for an equal block. */
    boolean isWorthFinding() {
        int unpacked = 0;
        int from = 0;
        for (int turn = 0; turn <= turnCount; turn++) {
            int to = turn < turnCount ? turns[turn] : length;
            unpacked += turn % 2 == 0 ? to - from : 0;
            from = to;
        }
        return unpacked >= WORTH_FINDING;
    }

    /** The digest of all that decides the packed bytes. */
    Digest key(int level, byte[] before) {
        MessageDigest hash = Digest.newSha256();
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * (turnCount + 3));
        numbers.putInt(level).putInt(before.length).putInt(turnCount);
        for (int turn = 0; turn < turnCount; turn++) {
            numbers.putInt(turns[turn]);
        }
        hash.update(Zlib.SAMPLE);
        hash.update(numbers.flip());
        hash.update(before);
        hash.update(input, 0, length);
        return Digest.of(hash);
    }

    /** Which zlib this is: Java may use the system's, and that may be another one tomorrow. Packed when first asked for. */
    private static final class Zlib {

        private static final byte[] SAMPLE =
                (LayerRecords.KIND + PackedSample.ofZlib()).getBytes(StandardCharsets.UTF_8);
    }

    /** What came of it; good until the block is cleared. */
    DeflateBuffer packed() {
        return packed;
    }
}
