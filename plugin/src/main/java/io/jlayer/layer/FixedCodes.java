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

    /** The codes of literals and lengths, first bit lowest, and how long they are. */
    private static final short[] CODES = new short[288];

    private static final byte[] CODE_BITS = new byte[288];

    static {
        fill(0, 144, 8, 0x30);
        fill(144, 256, 9, 0x190);
        fill(256, 280, 7, 0);
        fill(280, 288, 8, 0xc0);
    }

    /** Where four bytes of this hash were seen last, plus one. */
    private final int[] seen = new int[1 << HASH_BITS];

    private static void fill(int from, int to, int bits, int first) {
        for (int symbol = from; symbol < to; symbol++) {
            CODES[symbol] = (short) (Integer.reverse(first + symbol - from) >>> (32 - bits));
            CODE_BITS[symbol] = (byte) bits;
        }
    }

    /** Forgets what was seen: another input comes. */
    void clear() {
        Arrays.fill(seen, 0);
    }

    /** Appends {@code input} between two offsets, which must be behind all that were given before. */
    void deflate(byte[] input, int from, int to, DeflateBuffer out) {
        out.ensureRoom(2 * (to - from) + 16);
        out.put(2, 3);
        int at = from;
        while (at < to) {
            int match = at + SHORTEST_MATCH <= to ? match(input, at, to) : 0;
            if (match > 0) {
                int length = lengthOf(input, match - 1, at, to);
                putMatch(length, at - (match - 1), out);
                see(input, at + 1, Math.min(at + length, to - SHORTEST_MATCH + 1));
                at += length;
            } else {
                int literal = input[at++] & 0xff;
                out.put(CODES[literal], CODE_BITS[literal]);
            }
        }
        out.put(CODES[END_OF_BLOCK], CODE_BITS[END_OF_BLOCK]);
    }

    /** Where the next bytes were before, plus one, or 0. */
    private int match(byte[] input, int at, int to) {
        int slot = hash(input, at);
        int before = seen[slot];
        seen[slot] = at + 1;
        int start = before - 1;
        return before > 0 && at - start <= GzipBlock.WINDOW && lengthOf(input, start, at, to) >= SHORTEST_MATCH
                ? before
                : 0;
    }

    private static int lengthOf(byte[] input, int before, int at, int to) {
        int longest = Math.min(LONGEST_MATCH, to - at);
        int mismatch = Arrays.mismatch(input, before, before + longest, input, at, at + longest);
        return mismatch < 0 ? longest : mismatch;
    }

    private void see(byte[] input, int from, int to) {
        for (int at = from; at < to; at++) {
            seen[hash(input, at)] = at + 1;
        }
    }

    private static int hash(byte[] input, int at) {
        int four = (input[at] & 0xff)
                | ((input[at + 1] & 0xff) << 8)
                | ((input[at + 2] & 0xff) << 16)
                | ((input[at + 3] & 0xff) << 24);
        return (four * 0x9e3779b1) >>> (32 - HASH_BITS);
    }

    /** A length of 3 and more, and how far back: each a code for a range, and bits that say where in it. */
    private static void putMatch(int length, int distance, DeflateBuffer out) {
        int over = length - 3;
        if (length == LONGEST_MATCH) {
            out.put(CODES[285], CODE_BITS[285]);
        } else if (over < 8) {
            out.put(CODES[FIRST_LENGTH + over], CODE_BITS[FIRST_LENGTH + over]);
        } else {
            int extra = 29 - Integer.numberOfLeadingZeros(over);
            int symbol = FIRST_LENGTH + 4 * extra + (over >>> extra);
            out.put(CODES[symbol], CODE_BITS[symbol]);
            out.put(over & ((1 << extra) - 1), extra);
        }
        putDistance(distance - 1, out);
    }

    private static void putDistance(int over, DeflateBuffer out) {
        int extra = over < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(over);
        int symbol = over < 4 ? over : 2 * extra + (over >>> extra);
        out.put(Integer.reverse(symbol) >>> 27, 5);
        out.put(over & ((1 << extra) - 1), extra);
    }
}
