// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.house.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionTest {

    private static final byte[] TEXT = "some text ".repeat(1000).getBytes(UTF_8);

    @TempDir
    Path directory;

    private static byte[] unpack(byte[] packed) throws IOException {
        try (InputStream in = Decompression.open(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutput(packed, 3)) {
            zstd.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void whatCannotBeUnpackedIsClosed() throws IOException {
        for (int[] magic : List.of(new int[] {0x1f, 0x8b}, new int[] {0xfd, '7', 'z', 'X', 'Z', 0})) {
            byte[] broken = new byte[20];
            Arrays.fill(broken, (byte) 9);
            for (int i = 0; i < magic.length; i++) {
                broken[i] = (byte) magic[i];
            }
            boolean[] closed = {false};
            InputStream packed = new ByteArrayInputStream(broken) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };
            assertThatIOException().isThrownBy(() -> Decompression.open(packed));
            assertThat(closed[0]).isTrue();
        }
    }

    @Test
    void theBytesThemselvesSayHowTheyArePacked() throws IOException {
        assertThat(unpack(TEXT)).isEqualTo(TEXT);
        assertThat(unpack(gzip(TEXT))).isEqualTo(TEXT);
        assertThat(unpack(zstd(TEXT))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 6})
    void fewBytesAreNotPacked(int length) throws IOException {
        byte[] few = Arrays.copyOf(TEXT, length);
        assertThat(unpack(few)).isEqualTo(few);
    }

    @Test
    void membersAndFramesFollowOneAnother() throws IOException {
        byte[] skippable = {0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9};
        byte[] twice = join(TEXT, TEXT);
        assertThat(unpack(join(gzip(TEXT), gzip(new byte[0]), gzip(TEXT)))).isEqualTo(twice);
        assertThat(unpack(join(skippable, zstd(TEXT), skippable, zstd(TEXT), skippable)))
                .isEqualTo(twice);
    }

    /** As a connection gives it: in small pieces, and never a word about what is still to come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 65536})
    void aSlowStreamIsReadToItsEnd(int piece) throws IOException {
        byte[] packed = join(gzip(TEXT), gzip(TEXT), gzip(TEXT));
        InputStream slow = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, piece));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (InputStream in = Decompression.open(slow)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).hasSize(3 * TEXT.length);
        }
    }

    @Test
    void whatIsCutOffIsNoShorterContent() throws IOException {
        for (byte[] packed : new byte[][] {gzip(TEXT), zstd(TEXT)}) {
            for (int length = 6; length < packed.length; length++) {
                byte[] cut = Arrays.copyOf(packed, length);
                assertThatIOException().as("cut at %s", length).isThrownBy(() -> unpack(cut));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd"})
    void whatOtherProgramsPackIsRead(String program) throws Exception {
        Programs.assumeInstalled(program);
        Path file = Files.write(directory.resolve("f"), TEXT);
        String packed =
                Programs.run(directory, "sh", "-c", program + " -c f > packed && " + program + " -c f >> packed");
        assertThat(packed).isEmpty();
        assertThat(unpack(Files.readAllBytes(directory.resolve("packed")))).isEqualTo(join(TEXT, TEXT));
        assertThat(file).exists();
    }

    /** Whatever bytes come after a magic: content or an {@link IOException}. */
    @Test
    void brokenStreamsAreRefusedAndNeverWorse() throws IOException {
        long seed = System.nanoTime();
        System.out.println("DecompressionTest seed " + seed);
        Random random = new Random(seed);
        byte[][] sound = {gzip(TEXT), zstd(TEXT), {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9}
        };
        for (int round = 0; round < 3000; round++) {
            byte[] broken = sound[round % sound.length].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(unpack(broken)).isNotNull();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }
}
