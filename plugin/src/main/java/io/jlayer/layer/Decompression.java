// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.jlayer.blob.Blob;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks by what the bytes themselves say, since media types and file names are often wrong: gzip (of several members
 * too), zstd (of several frames too), xz, or nothing at all.
 */
public final class Decompression {

    private static final int BUFFER = 64 << 10;
    /** Enough for a dictionary of 128 MiB, more than any preset of xz asks for. */
    private static final int XZ_MEMORY_KIB = 192 << 10;

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
        in.mark(Packing.LONGEST_MAGIC);
        byte[] magic = in.readNBytes(Packing.LONGEST_MAGIC);
        in.reset();
        return switch (Packing.of(magic)) {
            case GZIP -> new GzipMembers(in, BUFFER);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).setContinuous(false);
            case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
            case PLAIN -> in;
        };
    }

    /** Whether the bytes are packed in any of the ways that {@link #open} unpacks. */
    public static boolean isPacked(Blob bytes) throws IOException {
        return packing(bytes) != Packing.PLAIN;
    }

    /** In which way the bytes are packed. */
    public static Packing packing(Blob bytes) throws IOException {
        try (InputStream in = bytes.open()) {
            return Packing.of(in.readNBytes(Packing.LONGEST_MAGIC));
        }
    }
}
