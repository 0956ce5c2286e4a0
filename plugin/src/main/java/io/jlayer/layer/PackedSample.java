// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * How this machine packs: the digest of a fixed text, packed. Machines that agree on it pack alike; those whose libraries
 * pack in another way (a Java may use the system's zlib) do not, and had better not share what they packed.
 */
public final class PackedSample {

    private static final int SIZE = 256 << 10;
    /** Of what is looked at in each cold build: as many bytes that nothing is like, so that packers end a part, and words. */
    private static final int SMALL_SIZE = 24 << 10;

    private static final int WORDS = 500;
    /** Few, so that much is found twice in many places: there packers differ. */
    private static final int LETTERS = 6;

    private PackedSample() {}

    /** Packs the text. */
    public static Digest of(Compression compression) throws IOException {
        HashingOutput packed = new HashingOutput(OutputStream.nullOutputStream());
        try (Workers workers = new Workers(1);
                LayerOutput packing = compression.open(packed, workers)) {
            packing.write(text(SIZE));
        }
        return packed.digest();
    }

    /** As the JDK's own packer alone packs a shorter text, at its usual level. */
    static Digest ofZlib() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] chance = new byte[SMALL_SIZE];
            new Random(2).nextBytes(chance);
            byte[] packed = new byte[4 * SMALL_SIZE];
            byte[] text = text(SMALL_SIZE);
            byte[] all = Arrays.copyOf(chance, 2 * SMALL_SIZE);
            System.arraycopy(text, 0, all, SMALL_SIZE, SMALL_SIZE);
            deflater.setInput(all);
            deflater.finish();
            int length = deflater.deflate(packed);
            return Digest.sha256(Arrays.copyOf(packed, length));
        } finally {
            deflater.end();
        }
    }

    /** Words of a small language, the first ones more often than the last: neither chance nor pattern alone. */
    private static byte[] text(int size) {
        Random random = new Random(1);
        byte[][] words = new byte[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[2 + random.nextInt(12)];
            for (int letter = 0; letter < words[i].length; letter++) {
                words[i][letter] = (byte) ('a' + random.nextInt(LETTERS));
            }
        }
        byte[] text = new byte[size];
        int at = 0;
        while (at < size) {
            byte[] word = words[random.nextInt(1 + random.nextInt(WORDS))];
            int length = Math.min(word.length, size - at);
            System.arraycopy(word, 0, text, at, length);
            at += length;
        }
        return text;
    }
}
