// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipOutputTest {

    private static final int BLOCK = GzipBlock.SIZE;

    @TempDir
    Path directory;

    private final Workers workers = new Workers(3);

    @AfterEach
    void endWorkers() {
        workers.close();
    }

    private static byte[] halfRandom(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(length);
        random.nextBytes(bytes);
        for (int at = 0; at < length; at++) {
            if ((at >> 10) % 2 == 0) {
                bytes[at] = (byte) ('a' + at % 7);
            }
        }
        return bytes;
    }

    private byte[] pack(byte[] bytes, int level, Random pieces) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GzipOutput gzip = new GzipOutput(packed, level, workers, Optional.empty())) {
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + pieces.nextInt(100_000));
                gzip.write(bytes, at, length);
                at += length;
            }
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 9 * BLOCK + 7})
    void javaReadsItAndPiecesDoNotMatter(int length) throws IOException {
        byte[] bytes = halfRandom(length);
        byte[] packed = pack(bytes, 6, new Random(1));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(pack(bytes, 6, new Random(2))).isEqualTo(packed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void gzipReadsIt(int level) throws Exception {
        Programs.assumeInstalled("gzip");
        byte[] bytes = halfRandom(2 * BLOCK + 99);
        Files.write(directory.resolve("f.gz"), pack(bytes, level, new Random(1)));
        assertThat(Programs.run(directory, "gzip", "-d", "f.gz")).isEmpty();
        assertThat(directory.resolve("f")).hasBinaryContent(bytes);
    }

    /** Hints may come anywhere, at block edges too, and often. */
    @Test
    void hintsNeverChangeWhatIsUnpacked() throws IOException {
        long seed = System.nanoTime();
        System.out.println("GzipOutputTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            byte[] bytes = halfRandom(random.nextInt(3 * BLOCK));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GzipOutput gzip = new GzipOutput(packed, 1 + random.nextInt(9), workers, Optional.empty())) {
                int longest = 1 << (4 + random.nextInt(16));
                for (int at = 0; at < bytes.length; ) {
                    gzip.packedAlready(random.nextBoolean(), 0);
                    int length = Math.min(bytes.length - at, random.nextInt(longest));
                    gzip.write(bytes, at, length);
                    at += length;
                }
            }
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
                assertThat(in.readAllBytes()).as("seed %s", seed).isEqualTo(bytes);
            }
        }
    }

    @Test
    void theHeaderSaysNothingOfTheMachine() throws IOException {
        assertThat(pack(new byte[0], 6, new Random(1)))
                .startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)
                .hasSizeLessThan(30);
    }
}
