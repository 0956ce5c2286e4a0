// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {

    private static String field(byte[] archive, int offset, int length) {
        return new String(archive, offset, length, ISO_8859_1).replace('\0', '$');
    }

    /** Each byte of the header by the table in POSIX; the sum is that of GNU tar for the same file. */
    @Test
    void aPlainFileIsOneUstarHeader() throws IOException {
        byte[] archive = Entries.archive(Entries.file("app/a.txt", 3));
        assertThat(archive).hasSize(512 + 512 + 1024);
        assertThat(field(archive, 0, 100)).isEqualTo("app/a.txt" + "$".repeat(91));
        assertThat(field(archive, 100, 8)).isEqualTo("0000644$");
        assertThat(field(archive, 108, 8)).isEqualTo("0000000$");
        assertThat(field(archive, 116, 8)).isEqualTo("0000000$");
        assertThat(field(archive, 124, 12)).isEqualTo("00000000003$");
        assertThat(field(archive, 136, 12)).isEqualTo("00000000001$");
        assertThat(field(archive, 148, 8)).isEqualTo(String.format("%06o$ ", sum(archive)));
        assertThat(field(archive, 156, 1)).isEqualTo("0");
        assertThat(field(archive, 157, 100)).isEqualTo("$".repeat(100));
        assertThat(field(archive, 257, 8)).isEqualTo("ustar$00");
        assertThat(field(archive, 265, 64)).isEqualTo("$".repeat(64));
        assertThat(field(archive, 329, 16)).isEqualTo("0000000$0000000$");
        assertThat(field(archive, 345, 167)).isEqualTo("$".repeat(167));
        assertThat(field(archive, 512, 512)).isEqualTo("xxx" + "$".repeat(509));
        assertThat(field(archive, 1024, 1024)).isEqualTo("$".repeat(1024));
    }

    private static int sum(byte[] archive) {
        byte[] header = Arrays.copyOf(archive, 512);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        return sum;
    }

    @Test
    void whatUstarCanSayHasNoPaxHeader() throws IOException {
        String split = "d".repeat(155) + "/" + "f".repeat(100);
        byte[] archive = Entries.archive(
                Entries.directory("a".repeat(99)),
                Entries.file(split, 0),
                Entries.symlink("link", "t".repeat(100)),
                Entries.with(Entries.file("owned", 0), 0_7777777, 0_7777777, 0_77777777777L, Map.of()));
        assertThat(archive).hasSize(4 * 512 + 1024);
        assertThat(field(archive, 512, 100)).isEqualTo("f".repeat(100));
        assertThat(field(archive, 512 + 345, 155)).isEqualTo("d".repeat(155));
        assertThat(Entries.read(archive).keySet()).extracting(TarEntry::name).contains(split, "a".repeat(99));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 99, 100, 101, 150, 200, 255, 256, 257, 300, 985, 986, 987, 1000, 4000})
    void namesOfEveryLengthAreReadBack(int length) throws IOException {
        for (String name : new String[] {
            "n".repeat(length), "ab/".repeat(length / 3) + "n", "n/" + "m".repeat(length), "\u00e4".repeat(length)
        }) {
            TarEntry[] entries = {
                Entries.file(name, 1),
                Entries.directory(name + "d"),
                Entries.symlink("l" + name, name),
                Entries.hardLink("h" + name, name)
            };
            assertThat(Entries.read(Entries.archive(entries)).keySet()).containsExactly(entries);
        }
    }

    @Test
    void whatUstarCannotSayIsInAPaxHeaderAndNothingElse() throws IOException {
        TarEntry entry =
                Entries.with(Entries.file("\u00e4", 0), 0_10000000, 7, -1, Map.of("user.b", "2", "user.a", "1\n"));
        byte[] archive = Entries.archive(entry);
        assertThat(field(archive, 0, 14)).isEqualTo("PaxHeaders/__$");
        assertThat(field(archive, 156, 1)).isEqualTo("x");
        String records =
                "26 SCHILY.xattr.user.a=1\n\n25 SCHILY.xattr.user.b=2\n12 mtime=-1\n11 path=\u00e4\n15 uid=2097152\n";
        assertThat(new String(archive, 512, records.getBytes(UTF_8).length, UTF_8))
                .isEqualTo(records);
        assertThat(field(archive, 1024, 3)).isEqualTo("__$");
        assertThat(Entries.read(archive).keySet()).containsExactly(entry);
    }

    @Test
    void theBytesAreGolden() throws IOException {
        byte[] archive = Entries.archive(
                Entries.directory("app"),
                Entries.file("app/" + "long".repeat(40), 700),
                Entries.file("app/\u20ac", 1),
                Entries.symlink("app/link", "../" + "target/".repeat(20)),
                Entries.hardLink("app/twin", "app/\u20ac"),
                Entries.with(Entries.file("caps", 2), 3_000_000, 5, 1L << 34, Map.of("user.k", "v")));
        assertThat(Digest.sha256(archive))
                .hasToString("sha256:f5fc5afa14c07e18e330a03e1ccb0c063a0ff967f3b7e98f5547e03984fefa6b");
    }

    @Test
    void aFileOfMoreThan8GiBIsWrittenWithItsSize() throws IOException {
        long size = (8L << 30) + 5;
        KeepingEnds out = new KeepingEnds();
        TarWriter tar = new TarWriter(out);
        tar.begin(Entries.file("huge", size));
        byte[] zeros = new byte[1 << 20];
        for (long left = size; left > 0; left -= zeros.length) {
            tar.content().write(zeros, 0, (int) Math.min(left, zeros.length));
        }
        tar.begin(Entries.file("next", 0));
        tar.close();
        assertThat(out.count).isEqualTo(512 + 512 + 512 + size + 507 + 512 + 1024);
        byte[] start = out.start.toByteArray();
        assertThat(field(start, 512, 19)).isEqualTo("19 size=8589934597\n");
        assertThat(field(start, 1024 + 124, 12)).isEqualTo("00000000000$");
        assertThat(field(out.end, out.end.length - 1536, 5)).isEqualTo("next$");
    }

    /** Counts, and keeps only the first and last bytes. */
    private static final class KeepingEnds extends OutputStream {

        private final ByteArrayOutputStream start = new ByteArrayOutputStream();
        private byte[] end = new byte[2048];
        private long count;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (start.size() < 2048) {
                start.write(bytes, offset, Math.min(length, 2048));
            }
            int kept = Math.min(length, end.length);
            System.arraycopy(end, kept, end, 0, end.length - kept);
            System.arraycopy(bytes, offset + length - kept, end, end.length - kept, kept);
            count += length;
        }
    }

    @Test
    void contentThatIsNotAsLongAsPromisedIsRefused() throws IOException {
        TarWriter tar = new TarWriter(OutputStream.nullOutputStream());
        tar.begin(Entries.file("short", 3));
        tar.content().write(1);
        assertThatIOException()
                .isThrownBy(() -> tar.begin(Entries.directory("next")))
                .withMessageContaining("2 bytes");
        assertThatIOException().isThrownBy(tar::close);
        assertThatIOException()
                .isThrownBy(() -> tar.content().write(new byte[3]))
                .withMessageContaining("longer");
    }

    @Test
    void onlyFilesHaveASize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TarEntry("d", TarEntry.Type.DIRECTORY, 0, 0, 0, 1, 0, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Entries.file("f", -1));
    }

    /** No tar can say it, and a part of it would be another device. */
    @Test
    void aDeviceNumberThatDoesNotFitIsRefused() throws IOException {
        try (TarWriter tar = new TarWriter(OutputStream.nullOutputStream())) {
            TarEntry device = new TarEntry(
                    "d",
                    TarEntry.Type.CHARACTER_DEVICE,
                    0600,
                    0,
                    0,
                    0,
                    0,
                    "",
                    1 << 21,
                    0,
                    Collections.emptySortedMap());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tar.begin(device))
                    .withMessage("2097152 has more than 7 octal digits");
        }
    }
}
