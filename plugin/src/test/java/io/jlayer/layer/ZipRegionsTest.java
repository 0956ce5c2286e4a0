// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipRegionsTest {

    private static final byte[] TEXT =
            "a line of text that repeats\n".repeat(400).getBytes(UTF_8);

    @TempDir
    Path directory;

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : new String[] {"first", "second"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(TEXT);
            }
        }
        return bytes.toByteArray();
    }

    private ZipRegions regions(byte[] bytes) throws IOException {
        return ZipRegions.of(Files.write(directory.resolve("f.jar"), bytes));
    }

    @Test
    void regionsAreWhereThePackedBytesLie() throws Exception {
        byte[] zip = zip();
        for (int before : new int[] {0, 100}) {
            byte[] shifted = new byte[before + zip.length];
            System.arraycopy(zip, 0, shifted, before, zip.length);
            ZipRegions regions = regions(shifted);
            for (int i = 0; i < 2; i++) {
                byte[] packed = Arrays.copyOfRange(shifted, (int) regions.edge(2 * i), (int) regions.edge(2 * i + 1));
                assertThat(inflate(packed)).isEqualTo(TEXT);
            }
            assertThat(regions.edge(4)).isEqualTo(Long.MAX_VALUE);
        }
    }

    private static byte[] inflate(byte[] packed) throws Exception {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[TEXT.length + 1];
            return Arrays.copyOf(bytes, inflater.inflate(bytes));
        } finally {
            inflater.end();
        }
    }

    @Test
    void whatIsNoZipHasNone() throws IOException {
        assertThat(regions(new byte[0]).edge(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(regions(TEXT).edge(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(regions(Arrays.copyOf(zip(), zip().length / 2)).edge(0)).isEqualTo(Long.MAX_VALUE);
    }

    /** Whatever a file says of itself: regions in order, without overlap, within the file. */
    @Test
    void brokenZipsMisleadNobody() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ZipRegionsTest seed " + seed);
        Random random = new Random(seed);
        byte[] sound = zip();
        for (int round = 0; round < 600; round++) {
            byte[] broken = sound.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                broken[broken.length - 1 - random.nextInt(130)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            ZipRegions regions = regions(broken);
            long last = 0;
            for (int i = 0; regions.edge(2 * i) != Long.MAX_VALUE; i++) {
                assertThat(regions.edge(2 * i))
                        .as("seed %s round %s", seed, round)
                        .isGreaterThanOrEqualTo(last);
                assertThat(regions.edge(2 * i + 1)).isBetween(regions.edge(2 * i), (long) broken.length);
                last = regions.edge(2 * i + 1);
            }
        }
    }
}
