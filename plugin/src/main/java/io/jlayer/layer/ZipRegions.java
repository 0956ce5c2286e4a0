// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where in a zip file (a jar) the packed bytes of its entries lie, as far as its central directory tells. What a file
 * says of itself is believed only as a hint: whatever it says, regions are in order, do not overlap and end with the file.
 *
 * <p>Limits: zip64 and central directories of more than 64 MiB are passed over, which costs time and nothing else.
 */
final class ZipRegions {

    static final ZipRegions NONE = new ZipRegions(new long[0], 0);

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int LOCAL_HEADER = 30;
    private static final int CENTRAL_HEADER = 46;
    private static final int END_RECORD = 22;
    private static final int LARGEST_DIRECTORY = 64 << 20;
    /** Shorter ones are not worth two changes of level. */
    private static final int SHORTEST = 64;

    /** Where regions begin and end, in turn. */
    private long[] edges;

    private int count;

    private ZipRegions(long[] edges, int count) {
        this.edges = edges;
        this.count = count;
    }

    /** Where region number {@code index / 2} begins or, for odd ones, ends; beyond the last one: {@link Long#MAX_VALUE}. */
    long edge(int index) {
        return index < count ? edges[index] : Long.MAX_VALUE;
    }

    /** The regions of a file; none if it is no zip or an odd one. */
    static ZipRegions of(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            long length = file.size();
            byte[] tail = read(file, Math.max(0, length - END_RECORD - 0xffff), length);
            for (int at = tail.length - END_RECORD; at >= 0; at--) {
                if (tail[at] == 'P' && four(tail, at) == END_SIGNATURE) {
                    long size = four(tail, at + 12);
                    long start = length - tail.length + at - size;
                    // Offsets count from where the first entry should be; a script in front of a jar moves all.
                    long shift = start - four(tail, at + 16);
                    return start < 0 || size > LARGEST_DIRECTORY || shift < 0
                            ? NONE
                            : ofDirectory(read(file, start, start + size), shift, start);
                }
            }
            return NONE;
        }
    }

    private static byte[] read(SeekableByteChannel file, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        file.position(from);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("the file became shorter while it was being read");
            }
        }
        return bytes.array();
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static long four(byte[] bytes, int at) {
        return two(bytes, at) | ((long) two(bytes, at + 2) << 16);
    }

    private static ZipRegions ofDirectory(byte[] directory, long shift, long limit) {
        ZipRegions regions = new ZipRegions(new long[512], 0);
        boolean inOrder = true;
        int at = 0;
        while (at + CENTRAL_HEADER <= directory.length && four(directory, at) == CENTRAL_SIGNATURE) {
            inOrder &= regions.add(directory, at, shift, limit);
            at += CENTRAL_HEADER + two(directory, at + 28) + two(directory, at + 30) + two(directory, at + 32);
        }
        return inOrder ? regions : regions.sorted();
    }

    /**
     * Adds what one entry of the directory tells, and says whether it lies behind those before.
     *
     * <p>A local header's own name and extra field may differ in length from those of the directory; the name does not in
     * practice, and an extra field that does only moves the hint by some bytes, so local headers are not read.
     */
    private boolean add(byte[] directory, int at, long shift, long limit) {
        long size = four(directory, at + 20);
        if (two(directory, at + 10) == 0 || size < SHORTEST) {
            return true;
        }
        long start = shift + four(directory, at + 42) + LOCAL_HEADER + two(directory, at + 28);
        if (start + size > limit) {
            return true;
        }
        if (count == edges.length) {
            edges = Arrays.copyOf(edges, 2 * count);
        }
        boolean behind = count == 0 || start >= edges[count - 1];
        edges[count++] = start;
        edges[count++] = start + size;
        return behind;
    }

    /** Those that overlap with one before are left out. */
    private ZipRegions sorted() {
        long[][] regions = new long[count / 2][];
        for (int i = 0; i < regions.length; i++) {
            regions[i] = new long[] {edges[2 * i], edges[2 * i + 1]};
        }
        Arrays.sort(regions, (a, b) -> Long.compare(a[0], b[0]));
        ZipRegions sorted = new ZipRegions(new long[count], 0);
        for (long[] region : regions) {
            if (sorted.count == 0 || region[0] >= sorted.edges[sorted.count - 1]) {
                sorted.edges[sorted.count++] = region[0];
                sorted.edges[sorted.count++] = region[1];
            }
        }
        return sorted;
    }
}
