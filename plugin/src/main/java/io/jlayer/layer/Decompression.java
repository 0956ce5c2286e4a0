// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.jlayer.blob.Blob;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks by what the bytes themselves say, since media types and file names are often wrong: gzip (of several members
 * too), zstd (of several frames too), xz, or nothing at all.
 */
public final class Decompression {

    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_MAGIC = 6;
    /** Enough for a dictionary of 128 MiB, more than any preset of xz asks for. */
    private static final int XZ_MEMORY_KIB = 192 << 10;

    private static final int[] GZIP = {0x1f, 0x8b};
    private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};
    private static final int[] XZ = {0xfd, '7', 'z', 'X', 'Z', 0};

    private Decompression() {}

    /**
     * Unpacks the stream, which the result closes; if there is none, the stream is closed here.
     *
     * @throws IOException if the packed stream is broken from its start; later faults come while reading
     */
    public static InputStream open(InputStream packed) throws IOException {
        try {
            return unpacking(packed);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, packed);
            throw e;
        }
    }

    private static void closeAfter(Exception cause, InputStream packed) {
        try {
            packed.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static InputStream unpacking(InputStream packed) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed, BUFFER);
        in.mark(LONGEST_MAGIC);
        byte[] magic = in.readNBytes(LONGEST_MAGIC);
        in.reset();
        return switch (packing(magic)) {
            case GZIP -> new GZIPInputStream(new Foreseeing(in), BUFFER);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).setContinuous(false);
            case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
            case PLAIN -> in;
        };
    }

    /** The ways in which bytes may be packed. */
    public enum Packing {
        PLAIN,
        GZIP,
        ZSTD,
        XZ
    }

    /** How the bytes are packed, as {@link #open} sees it. */
    public static Packing packing(Blob bytes) throws IOException {
        try (InputStream in = bytes.open()) {
            return packing(in.readNBytes(LONGEST_MAGIC));
        }
    }

    private static Packing packing(byte[] magic) {
        if (startsWith(magic, GZIP)) {
            return Packing.GZIP;
        } else if (isZstd(magic)) {
            return Packing.ZSTD;
        }
        return startsWith(magic, XZ) ? Packing.XZ : Packing.PLAIN;
    }

    /** Whether the bytes are packed in any of the ways that {@link #open} unpacks. */
    public static boolean isPacked(Blob bytes) throws IOException {
        return packing(bytes) != Packing.PLAIN;
    }

    private static boolean isZstd(byte[] magic) {
        return startsWith(magic, ZSTD) || isSkippableFrame(magic);
    }

    /**
     * Tells by looking whether there is more. Java asks this way whether another gzip member follows, and would take the
     * "nothing yet" of a slow stream for its end.
     */
    private static final class Foreseeing extends FilterInputStream {

        Foreseeing(BufferedInputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            in.mark(1);
            boolean more = in.read() >= 0;
            in.reset();
            return more ? Math.max(1, in.available()) : 0;
        }
    }

    /** zstd:chunked and others may begin with a frame that carries no content. */
    private static boolean isSkippableFrame(byte[] magic) {
        return magic.length >= 4
                && (magic[0] & 0xf0) == 0x50
                && startsWith(new byte[] {magic[1], magic[2], magic[3]}, 0x2a, 0x4d, 0x18);
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
