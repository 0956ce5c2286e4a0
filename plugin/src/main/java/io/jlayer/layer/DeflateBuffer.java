// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A piece of a deflate stream that begins and ends at a byte's edge, put together of blocks of several kinds. For one
 * thread; made to be used again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3">RFC 1951, block format</a>
 */
final class DeflateBuffer {

    private static final int LONGEST_STORED = 0xffff;
    /** Room that {@link Deflater} finds besides that for its input, so that it never has to stop and go on. */
    private static final int AMPLE = 4096;

    private byte[] bytes;
    private int length;
    private long bits;
    private int bitCount;

    DeflateBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
        bits = 0;
        bitCount = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes room for so many more bytes. */
    void ensureRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length + (bytes.length >> 1), length + more));
        }
    }

    /** Appends up to 31 bits, the lowest first; there must be room. */
    void put(int value, int count) {
        bits |= (long) value << bitCount;
        bitCount += count;
        while (bitCount >= 8) {
            bytes[length++] = (byte) bits;
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    /** Takes a piece of so many bytes from a file, and says whether it has them. */
    boolean read(FileChannel file, long offset, int count) throws IOException {
        if (count < 0 || count > 2 * GzipBlock.SIZE) {
            return false;
        }
        clear();
        ensureRoom(count);
        ByteBuffer into = ByteBuffer.wrap(bytes, 0, count);
        while (into.hasRemaining() && file.read(into, offset + into.position()) > 0) {
            length = into.position();
        }
        return length == count;
    }

    /** The digest of the piece. */
    Digest digest() {
        MessageDigest hash = Digest.newSha256();
        hash.update(bytes, 0, length);
        return Digest.of(hash);
    }

    /** Goes on to a byte's edge, if that is not where it is, by an empty stored block. */
    void align() {
        if (bitCount > 0) {
            ensureRoom(8);
            beginStored(0);
        }
    }

    /** Appends bytes as they are. */
    void store(byte[] input, int from, int to) {
        for (int at = from; at < to; at += LONGEST_STORED) {
            int count = Math.min(LONGEST_STORED, to - at);
            ensureRoom(8 + count);
            beginStored(count);
            System.arraycopy(input, at, bytes, length, count);
            length += count;
        }
    }

    private void beginStored(int count) {
        put(0, 3);
        if (bitCount > 0) {
            put(0, 8 - bitCount);
        }
        put(count, 16);
        put(~count & LONGEST_STORED, 16);
    }

    /** Appends what a deflater, which has seen nothing but a dictionary, makes of the bytes. */
    void deflate(Deflater deflater, byte[] input, int from, int to) {
        align();
        ensureRoom(to - from + (to - from) / 8 + AMPLE);
        deflater.setInput(input, from, to - from);
        int count;
        do {
            ensureRoom(AMPLE);
            count = deflater.deflate(bytes, length, bytes.length - length, Deflater.SYNC_FLUSH);
            length += count;
        } while (bytes.length == length);
    }
}
