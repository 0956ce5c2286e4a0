// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A file whose holes are left out of a tar, as GNU tar tells of it in PAX headers: in its form 0.0 by pairs of records, in 0.1 by
 * one record, in 1.0 by lines before the content. The library reads these too, but takes lengths for {@code int}.
 *
 * @see <a href="https://www.gnu.org/software/tar/manual/html_section/Sparse-Formats.html">GNU tar, Storing Sparse Files</a>
 */
final class SparseFile {

    /** What the keywords begin with. */
    static final String KEYWORD = "GNU.sparse.";

    /** Two million lines; a map is held in memory. */
    private static final int LONGEST_MAP = 8 << 20;

    private static final int LONGEST_NUMBER = 19;

    /** All of it is read, holes too, of which a few bytes could tell of any length. */
    private static final long LONGEST = 1L << 40;

    private final Numbers map = new Numbers();
    private String name = "";
    private long size = -1;
    private boolean inContent;

    /** Takes over a record; {@code key} is what follows on {@link #KEYWORD}. */
    void add(String key, byte[] value) throws IOException {
        String text = new String(value, UTF_8);
        switch (key) {
            case "name" -> name = text;
            case "size", "realsize" -> size = number(text);
            case "major" -> inContent = number(text) >= 1;
            case "offset", "numbytes" -> map.add(number(text));
            case "map" -> {
                for (String number : text.isEmpty() ? new String[0] : text.split(",", -1)) {
                    map.add(number(number));
                }
            }
            default -> {
                return; // how many pieces there are, which is seen
            }
        }
    }

    /** The name that the entry would have, were it not sparse; empty if it has that. */
    String name() {
        return name;
    }

    /** Length in bytes with all holes. */
    long size() throws IOException {
        if (size < 0) {
            throw broken("it has no length");
        } else if (size > LONGEST) {
            throw broken("it is longer than 1 TiB, most of it holes");
        }
        return size;
    }

    /** The file with its holes; {@code stored} is what the tar has of it. */
    InputStream content(InputStream stored) throws IOException {
        long[] pieces = inContent ? readMap(stored) : map.all();
        long end = 0;
        for (int i = 0; i + 1 < pieces.length; i += 2) {
            if (pieces[i] < end || pieces[i + 1] > size() - pieces[i]) {
                throw broken("its pieces overlap, or lead beyond its end");
            }
            end = pieces[i] + pieces[i + 1];
        }
        if (pieces.length % 2 != 0) {
            throw broken("a piece has no length");
        }
        return new WithHoles(stored, pieces, size());
    }

    /** Lines of numbers, how many pairs there are first, padded to whole blocks. */
    private static long[] readMap(InputStream stored) throws IOException {
        Lines lines = new Lines(stored);
        long pieces = lines.next();
        Numbers numbers = new Numbers();
        for (long i = 0; i < pieces; i++) {
            numbers.add(lines.next());
            numbers.add(lines.next());
        }
        stored.skipNBytes(-lines.read & (TarWriter.BLOCK - 1));
        return numbers.all();
    }

    /** Reads numbers, one a line. */
    private static final class Lines {

        private final InputStream in;
        private int read;

        Lines(InputStream in) {
            this.in = in;
        }

        long next() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || line.length() > LONGEST_NUMBER || read > LONGEST_MAP) {
                    throw broken("its map is cut off, or very long");
                }
                line.append((char) next);
                read++;
            }
            read++;
            return number(line.toString());
        }
    }

    /** Numbers without an object for each. */
    private static final class Numbers {

        private long[] numbers = new long[16];
        private int count;

        void add(long number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }

        long[] all() {
            return Arrays.copyOf(numbers, count);
        }
    }

    private static final class WithHoles extends BulkInputStream {

        private final InputStream stored;
        /** Where each piece begins, and how long it is. */
        private final long[] pieces;

        private final long size;
        private long at;
        private int next;

        WithHoles(InputStream stored, long[] pieces, long size) {
            this.stored = stored;
            this.pieces = pieces;
            this.size = size;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (next < pieces.length && at >= pieces[next] + pieces[next + 1]) {
                next += 2;
            }
            if (at == size) {
                return -1;
            }
            boolean hole = next == pieces.length || at < pieces[next];
            long end = next == pieces.length ? size : hole ? pieces[next] : pieces[next] + pieces[next + 1];
            int count = (int) Math.min(length, end - at);
            if (hole) {
                Arrays.fill(bytes, offset, offset + count, (byte) 0);
            } else {
                count = stored.read(bytes, offset, count);
            }
            if (count < 0) {
                throw broken("its content is shorter than its pieces");
            }
            at += count;
            return count;
        }
    }

    private static long number(String text) throws IOException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw broken("'" + text + "' is not a number");
        }
        throw broken("it has a length below zero");
    }

    private static IOException broken(String what) {
        return new IOException("read tar: a sparse file is broken: " + what);
    }
}
