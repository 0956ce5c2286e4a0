// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where in a zip file (a jar) the packed bytes of its entries lie, as far as its central directory tells. What a file
 * says of itself is believed only as a hint: whatever it says, regions are in order, do not overlap and end with the file.
 *
 * <p>Limits: zip64 and central directories of more than 64 MiB are passed over, which costs time and nothing else.
 */
final class ZipRegions {

    static final ZipRegions NONE = new ZipRegions(new long[0], new long[0]);

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int LOCAL_HEADER = 30;
    private static final int END_RECORD = 22;
    private static final int LARGEST_DIRECTORY = 64 << 20;
    /** Shorter ones are not worth two changes of level. */
    private static final int SHORTEST = 64;

    private final long[] starts;
    private final long[] ends;

    private ZipRegions(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Where region number {@code index} begins; beyond the last one, nowhere: {@link Long#MAX_VALUE}. */
    long start(int index) {
        return index < starts.length ? starts[index] : Long.MAX_VALUE;
    }

    /** The offset behind region number {@code index}. */
    long end(int index) {
        return ends[index];
    }

    /** The regions of a file; none if it is no zip or an odd one. */
    static ZipRegions of(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            ByteBuffer tail = read(file, Math.max(0, length - END_RECORD - 0xffff), length);
            for (int at = tail.limit() - END_RECORD; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    long size = Integer.toUnsignedLong(tail.getInt(at + 12));
                    long start = length - tail.limit() + at - size;
                    // Offsets count from where the first entry should be; a script in front of a jar moves all.
                    long shift = start - Integer.toUnsignedLong(tail.getInt(at + 16));
                    return start < 0 || size > LARGEST_DIRECTORY || shift < 0
                            ? NONE
                            : ofDirectory(read(file, start, start + size), shift, start);
                }
            }
            return NONE;
        }
    }

    private static ByteBuffer read(RandomAccessFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) (to - from)];
        file.seek(from);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A local header's own name and extra field may differ in length from those of the directory; the name does not in
     * practice, and an extra field that does only moves the hint by some bytes, so local headers are not read.
     */
    private static ZipRegions ofDirectory(ByteBuffer directory, long shift, long limit) {
        long[][] regions = new long[16][];
        int count = 0;
        int at = 0;
        while (at + 46 <= directory.limit() && directory.getInt(at) == CENTRAL_SIGNATURE) {
            int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
            int method = directory.getShort(at + 10);
            long size = Integer.toUnsignedLong(directory.getInt(at + 20));
            long start = shift + Integer.toUnsignedLong(directory.getInt(at + 42)) + LOCAL_HEADER + nameLength;
            if (method != 0 && size >= SHORTEST && start + size <= limit) {
                if (count == regions.length) {
                    regions = Arrays.copyOf(regions, 2 * count);
                }
                regions[count++] = new long[] {start, start + size};
            }
            at += 46
                    + nameLength
                    + Short.toUnsignedInt(directory.getShort(at + 30))
                    + Short.toUnsignedInt(directory.getShort(at + 32));
        }
        return sorted(Arrays.copyOf(regions, count));
    }

    private static ZipRegions sorted(long[][] regions) {
        Arrays.sort(regions, (a, b) -> Long.compare(a[0], b[0]));
        long[] starts = new long[regions.length];
        long[] ends = new long[regions.length];
        int count = 0;
        for (long[] region : regions) {
            if (count == 0 || region[0] >= ends[count - 1]) {
                starts[count] = region[0];
                ends[count++] = region[1];
            }
        }
        return new ZipRegions(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
    }
}
