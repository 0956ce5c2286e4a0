// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.Arrays;

/**
 * Deflates short stretches, as the headers between the entries of a jar, by likeness to earlier ones, with the codes that
 * deflate fixes. There are some hundred of them in each block of a layer of jars, and zlib needs longer to be told of one
 * than to pack it. For one thread; made to be used again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6">RFC 1951, compression with fixed Huffman codes</a>
 */
final class FixedCodes {

    /** Longer stretches are worth codes of their own. */
    static final int LONGEST = 1024;

    private static final int SHORTEST_MATCH = 4;
    private static final int LONGEST_MATCH = 258;
    private static final int HASH_BITS = 13;
    private static final int END_OF_BLOCK = 256;
    private static final int FIRST_LENGTH = 257;

    /** The codes of literals and lengths: in the lower half the bits, first one lowest, in the upper half how many. */
    private static final long[] CODES = new long[288];

    static {
        fill(0, 144, 8, 0x30);
        fill(144, 256, 9, 0x190);
        fill(256, 280, 7, 0);
        fill(280, 288, 8, 0xc0);
    }

    /** Where four bytes of this hash were seen last, plus one; of another input if below {@link #base}. */
    private final int[] seen = new int[1 << HASH_BITS];

    private int base;

    private static void fill(int from, int to, int bits, int first) {
        for (int symbol = from; symbol < to; symbol++) {
            CODES[symbol] = (long) bits << 32 | Integer.reverse(first + symbol - from) >>> (32 - bits);
        }
    }

    /** Forgets what was seen: another input comes. */
    void clear() {
        base += GzipBlock.SIZE;
        if (base < 0 || base > Integer.MAX_VALUE - 2 * GzipBlock.SIZE) {
            Arrays.fill(seen, 0);
            base = 0;
        }
    }

    /** Appends {@code input} between two offsets, which must be behind all that were given before. */
    void deflate(byte[] input, int from, int to, DeflateBuffer out) {
        out.ensureRoom(2 * (to - from) + 16);
        out.put(2, 3);
        int at = from;
        while (at < to) {
            int before = at + SHORTEST_MATCH <= to ? seenBefore(input, at) : -1;
            int length = before < 0 ? 0 : lengthOf(input, before, at, to);
            long code;
            if (length < SHORTEST_MATCH) {
                code = CODES[input[at] & 0xff];
                length = 1;
            } else {
                code = match(length, at - before);
                see(input, at + 1, Math.min(at + length, to - SHORTEST_MATCH + 1));
            }
            out.put((int) code, (int) (code >>> 32));
            at += length;
        }
        out.put((int) CODES[END_OF_BLOCK], (int) (CODES[END_OF_BLOCK] >>> 32));
    }

    /** Where bytes that may be the same as the next ones were before, near enough to be named, or -1. */
    private int seenBefore(byte[] input, int at) {
        int slot = hash(input, at);
        int before = seen[slot] - base - 1;
        seen[slot] = base + at + 1;
        return at - before <= GzipBlock.WINDOW ? before : -1;
    }

    private static int lengthOf(byte[] input, int before, int at, int to) {
        int longest = Math.min(LONGEST_MATCH, to - at);
        int mismatch = Arrays.mismatch(input, before, before + longest, input, at, at + longest);
        return mismatch < 0 ? longest : mismatch;
    }

    private void see(byte[] input, int from, int to) {
        for (int at = from; at < to; at++) {
            seen[hash(input, at)] = base + at + 1;
        }
    }

    private static int hash(byte[] input, int at) {
        int four = (input[at] & 0xff)
                | ((input[at + 1] & 0xff) << 8)
                | ((input[at + 2] & 0xff) << 16)
                | ((input[at + 3] & 0xff) << 24);
        return (four * 0x9e3779b1) >>> (32 - HASH_BITS);
    }

    /** The code of a length of 3 and more and how far back: each a code for a range, and bits that say where in it. */
    private static long match(int length, int distance) {
        int over = length - 3;
        int extra = over < 8 || length == LONGEST_MATCH ? 0 : 29 - Integer.numberOfLeadingZeros(over);
        long code = CODES[length == LONGEST_MATCH ? 285 : FIRST_LENGTH + 4 * extra + (over >>> extra)];
        long bits = code & 0xffff_ffffL;
        int count = (int) (code >>> 32);
        bits |= (long) (over & ((1 << extra) - 1)) << count;
        count += extra;
        int back = distance - 1;
        int backExtra = back < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(back);
        bits |= (Integer.reverse(2 * backExtra + (back >>> backExtra)) >>> 27 & 0xffff_ffffL) << count;
        bits |= (long) (back & ((1 << backExtra) - 1)) << (count + 5);
        return (long) (count + 5 + backExtra) << 32 | bits;
    }
}
