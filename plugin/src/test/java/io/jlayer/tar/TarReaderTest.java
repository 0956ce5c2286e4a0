// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private static final byte[] SOUND = sound();

    private static byte[] sound() {
        try {
            return Entries.archive(
                    Entries.directory("d"),
                    Entries.file("d/" + "long".repeat(70), 5),
                    Entries.symlink("d/link", "\u00e4".repeat(80)),
                    Entries.with(Entries.file("owned", 600), 1L << 40, 3, -1, Map.of("user.a", "b")),
                    Entries.hardLink("twin", "owned"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void contentThatIsNotReadIsPassedOver() throws IOException {
        assertThat(Entries.read(SOUND)).hasSize(5);
        assertThat(Entries.read(SOUND).keySet())
                .extracting(TarEntry::type)
                .containsExactly(
                        TarEntry.Type.DIRECTORY,
                        TarEntry.Type.FILE,
                        TarEntry.Type.SYMLINK,
                        TarEntry.Type.FILE,
                        TarEntry.Type.HARD_LINK);
    }

    @Test
    void devicesAndPipesKeepTheirNumbers() throws IOException {
        TarEntry device = new TarEntry(
                "tty", TarEntry.Type.CHARACTER_DEVICE, 0620, 0, 5, 0, 1, "", 4, 64, new java.util.TreeMap<>());
        TarEntry disk =
                new TarEntry("sda", TarEntry.Type.BLOCK_DEVICE, 0660, 0, 6, 0, 1, "", 8, 0, new java.util.TreeMap<>());
        TarEntry pipe = new TarEntry("pipe", TarEntry.Type.FIFO, 0600, 0, 0, 0, 1, "");
        assertThat(Entries.read(Entries.archive(device, disk, pipe)).keySet()).containsExactly(device, disk, pipe);
    }

    @Test
    void anArchiveThatIsCutOffIsNoShorterArchive() throws IOException {
        int wholes = 0;
        int withoutPadding = 0;
        for (int length = 1; length < SOUND.length - 1024; length++) {
            byte[] cut = Arrays.copyOf(SOUND, length);
            try {
                int entries = Entries.read(cut).size();
                // Between two entries an end cannot be told from a missing end mark, which old tars lack.
                byte[] padded = Arrays.copyOf(cut, (length + 511) / 512 * 512);
                assertThat(padded).isEqualTo(Arrays.copyOf(SOUND, padded.length));
                assertThat(Entries.read(padded)).hasSize(entries);
                assertThat(entries).isLessThan(6);
                wholes += length % 512 == 0 ? 1 : 0;
                withoutPadding += length % 512 == 0 ? 0 : 1;
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(wholes).isLessThan(12);
        assertThat(withoutPadding).isEqualTo(507 + 424); // behind 5 bytes of content, and behind 600
    }

    @Test
    void namesThatAreNotUtf8AreRefused() throws IOException {
        byte[] archive = Entries.archive(Entries.file("name", 0));
        archive[0] = (byte) 0xe4;
        fixSum(archive, 0);
        assertThatIOException().isThrownBy(() -> Entries.read(archive)).withMessageContaining("not UTF-8");
        byte[] pax = Entries.archive(Entries.file("\u00e4", 0));
        pax[512 + "11 path=".length()] = 'x';
        assertThatIOException().isThrownBy(() -> Entries.read(pax)).withMessageContaining("not UTF-8");
        assertThat(Entries.read(Entries.archive(Entries.file("what?\u00e4", 0))))
                .hasSize(1);
    }

    @Test
    void longNamesOfGnuTarThatAreNotUtf8AreRefused() throws IOException {
        byte[] archive = Entries.archive(Entries.file("././@LongLink", 120), Entries.file("stub", 0));
        archive[156] = 'L';
        fixSum(archive, 0);
        assertThat(Entries.read(archive).keySet()).extracting(TarEntry::name).containsExactly("x".repeat(120));
        archive[512] = (byte) 0xe4;
        assertThatIOException().isThrownBy(() -> Entries.read(archive)).withMessageContaining("not UTF-8");
    }

    /** File capabilities are such: the bytes of a kernel structure. */
    @Test
    void anAttributeThatIsNoTextIsKeptAsItIs() throws IOException {
        byte[] archive = Entries.archive(
                Entries.with(Entries.file("newuidmap", 0), 0, 0, 1, Map.of("security.capability", "????")));
        String text = new String(archive, ISO_8859_1);
        byte[] binary = text.replace("=????", "=\u0001\u0000\u0080\u00ff").getBytes(ISO_8859_1);
        assertThat(Entries.read(binary).keySet()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("newuidmap");
            assertThat(entry.xattrs())
                    .containsExactly(Map.entry(
                            "security.capability", XattrValue.of(new byte[] {1, 0, (byte) 0x80, (byte) 0xff})));
        });
        assertThat(Entries.archive(Entries.read(binary).keySet().toArray(TarEntry[]::new)))
                .isEqualTo(binary);
    }

    @Test
    void anAttributeIsThatOfItsOwnEntry() throws IOException {
        TarEntry first = Entries.with(Entries.file("a", 3), 0, 0, 1, Map.of("user.a", "1", "user.b", "\uFFFD"));
        TarEntry second = Entries.file("b", 700);
        TarEntry third = Entries.with(Entries.file("c", 0), 0, 0, 1, Map.of("user.a", "a=b\n9 x=1\n"));
        assertThat(Entries.read(Entries.archive(first, second, third)).keySet()).containsExactly(first, second, third);
    }

    /** What stands in a header for all entries holds for those without a value of their own. */
    @Test
    void attributesForAllEntriesAreKeptToo() throws IOException {
        byte[] archive = Entries.archive(
                Entries.with(Entries.file("empty", 0), 0, 0, 1, Map.of("user.a", "??")),
                Entries.file("plain", 5),
                Entries.with(Entries.file("own", 0), 0, 0, 1, Map.of("user.a", "own")));
        archive[156] = 'g';
        fixSum(archive, 0);
        byte[] binary =
                new String(archive, ISO_8859_1).replace("=??", "=\u0080\u00ff").getBytes(ISO_8859_1);
        XattrValue forAll = XattrValue.of(new byte[] {(byte) 0x80, (byte) 0xff});
        assertThat(Entries.read(binary).keySet())
                .extracting(entry -> entry.xattrs().get("user.a"))
                .containsExactly(forAll, forAll, XattrValue.of("own"));
    }

    /** However well it was packed: a header is held in memory. */
    @ParameterizedTest
    @ValueSource(chars = {'x', 'g', 'X', 'L', 'K'})
    void aHeaderWithoutEndIsRefused(char type) throws IOException {
        byte[] archive = Entries.archive(Entries.file("header", 0));
        archive[156] = (byte) type;
        System.arraycopy("07777777777".getBytes(UTF_8), 0, archive, 124, 11);
        fixSum(archive, 0);
        assertThatIOException()
                .isThrownBy(() -> Entries.read(archive))
                .withMessageContaining("header of 1073741823 bytes");
    }

    /** Of an entry, and of a header that tells of one. */
    @Test
    void aWrongChecksumIsDamage() throws IOException {
        for (TarEntry entry : new TarEntry[] {Entries.file("name", 3), Entries.file("\u00e4", 3)}) {
            byte[] archive = Entries.archive(entry, Entries.file("next", 0));
            archive[136]++; // the time
            assertThatIOException().isThrownBy(() -> Entries.read(archive)).withMessageContaining("wrong checksum");
        }
    }

    /** Whatever a map says: the file's bytes, or an {@link IOException}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "size=9;map=0,3,2,4", // overlap
                "size=9;map=0,3,8,4",
                "size=9;map=0,3,9223372036854775807,9223372036854775807",
                "size=9;map=0,3,4",
                "size=9;map=0,-3",
                "size=9;map=zero,3",
                "size=99999999999999999999;map=0,3",
                "map=0,3",
                "size=900;map=0,600",
                "size=1099511627777;map=0,3",
                "size=1152921504606846976;map=0,0",
                "size=9;major=1;minor=0",
            })
    void brokenSparseFilesAreRefused(String records) throws IOException {
        byte[] archive = Entries.archive(Entries.with(Entries.file("a", 5), 0, 0, 1, Map.of("x", "y".repeat(480))));
        byte[] pax = new byte[512];
        int at = 0;
        for (String record : records.split(";", -1)) {
            String text = " GNU.sparse." + record + "\n";
            byte[] bytes = (text.length() + 2 + text).getBytes(UTF_8);
            System.arraycopy(bytes, 0, pax, at, bytes.length);
            at += bytes.length;
        }
        System.arraycopy(pax, 0, archive, 512, 512);
        System.arraycopy(String.format("%011o", at).getBytes(UTF_8), 0, archive, 124, 11);
        fixSum(archive, 0);
        assertThatIOException().isThrownBy(() -> Entries.read(archive)).withMessageContaining("sparse");
    }

    private static void fixSum(byte[] archive, int at) {
        Arrays.fill(archive, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + 512; i++) {
            sum += archive[i] & 0xff;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(UTF_8);
        System.arraycopy(octal, 0, archive, at + 148, octal.length);
    }

    /** Whatever bytes come: entries or an {@link IOException}, within bounded time and memory. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void brokenArchivesAreRefusedAndNeverWorse() {
        long seed = System.nanoTime();
        System.out.println("TarReaderTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 6_000; round++) {
            byte[] broken = SOUND.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(broken, random);
            }
            for (int at = 0; at + 512 <= broken.length && random.nextInt(8) != 0; at += 512) {
                if (broken[at + 257] == 'u' && broken[at + 258] == 's') {
                    fixSum(broken, at);
                }
            }
            try {
                assertThat(Entries.read(broken)).hasSizeLessThan(20);
            } catch (IOException e) {
                assertThat(e).isNotNull();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static void mutate(byte[] archive, Random random) {
        int header = 512 * random.nextInt(archive.length / 512);
        switch (random.nextInt(4)) {
            case 0 -> archive[random.nextInt(archive.length)] = (byte) random.nextInt();
            case 1 -> archive[header + 156] = (byte) "01234567xgLKSDVMNX".charAt(random.nextInt(18));
            case 2 -> archive[header + 100 + random.nextInt(57)] = (byte) random.nextInt();
            default -> archive[header + random.nextInt(512)] = (byte) "0123456789=\n\0".charAt(random.nextInt(13));
        }
    }
}
