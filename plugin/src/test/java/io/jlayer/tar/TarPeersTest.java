// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileNames;
import io.jlayer.house.Programs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs write is read, and they read what is written. */
class TarPeersTest {

    private static final String LONG = "long/".repeat(60) + "file";
    private static final TarEntry[] OURS = {
        Entries.directory("d"),
        Entries.file("d/plain", 3),
        Entries.file(LONG, 600),
        Entries.file("d/\u00e4\u20ac", 5),
        Entries.symlink("d/link", "t".repeat(150)),
        Entries.hardLink("d/twin", "d/plain"),
        Entries.with(Entries.file("d/late", 0), 5, 6, 1L << 33, Map.of()),
    };

    @TempDir
    Path directory;

    private Path archive;

    @BeforeEach
    void nameArchive() {
        archive = directory.resolve("a.tar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "bsdtar"})
    void aTarProgramUnpacksWhatIsWritten(String program) throws Exception {
        Programs.assumeInstalled(program);
        Files.write(archive, Entries.archive(OURS));
        Path out = Files.createDirectory(directory.resolve("out"));
        Programs.run(out, program, "-xf", archive.toString());
        assertThat(out.resolve("d/plain")).hasContent("xxx");
        assertThat(out.resolve(LONG)).hasSize(600);
        assertThat(FileNames.resolve(out, "d/\u00e4\u20ac")).hasSize(5);
        assertThat(Files.readSymbolicLink(out.resolve("d/link"))).hasToString("t".repeat(150));
        assertThat(Files.isSameFile(out.resolve("d/twin"), out.resolve("d/plain")))
                .isTrue();
        assertThat(Files.getLastModifiedTime(out.resolve("d/late")).toMillis()).isEqualTo((1L << 33) * 1000);
    }

    @Test
    void pythonListsWhatIsWritten() throws Exception {
        Programs.assumeInstalled("python3");
        Files.write(archive, Entries.archive(OURS));
        String list = Programs.run(
                directory,
                "python3",
                "-c",
                "import tarfile\nfor m in tarfile.open('a.tar', errors='strict'):"
                        + " print(m.name, oct(m.mode), m.uid, m.gid, m.size, int(m.mtime), m.linkname, sep='|')");
        assertThat(list.lines())
                .containsExactly(
                        "d|0o755|0|0|0|1|",
                        "d/plain|0o644|0|0|3|1|",
                        LONG + "|0o644|0|0|600|1|",
                        "d/\u00e4\u20ac|0o644|0|0|5|1|",
                        "d/link|0o777|0|0|0|1|" + "t".repeat(150),
                        "d/twin|0o644|0|0|0|1|d/plain",
                        "d/late|0o644|5|6|0|8589934592|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "ustar", "oldgnu", "gnu", "posix"})
    void everyDialectOfGnuTarIsRead(String format) throws Exception {
        Programs.assumeInstalled("tar");
        boolean longNames = !List.of("v7", "ustar").contains(format);
        Path in = tree(longNames ? LONG : "short/file");
        Programs.run(
                in,
                "tar",
                "-c",
                "--format=" + format,
                "--sort=name",
                "--mtime=@77",
                "--owner=12",
                "--group=34",
                "-f",
                archive.toString(),
                ".");
        Map<String, TarEntry> read = byName();
        assertThat(read).containsKeys(".", "./empty", "./link", "./twin", longNames ? "./" + LONG : "./short/file");
        assertThat(read.get("./link").linkName()).isEqualTo("target");
        assertThat(read.get("./twin").type()).isIn(TarEntry.Type.FILE, TarEntry.Type.HARD_LINK);
        assertThat(read.values()).allMatch(entry -> entry.uid() == 12 && entry.gid() == 34 && entry.mtime() == 77);
    }

    private Path tree(String file) throws IOException {
        Path in = Files.createDirectory(directory.resolve("in"));
        Files.createDirectories(in.resolve(file).getParent());
        Files.writeString(in.resolve(file), "content");
        Files.createFile(in.resolve("empty"));
        Files.createLink(in.resolve("twin"), in.resolve("empty"));
        Files.createSymbolicLink(in.resolve("link"), Path.of("target"));
        assertThat(Files.exists(in.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        return in;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix"})
    void sparseFilesAreReadWithTheirHoles(String format) throws Exception {
        Programs.assumeInstalled("tar");
        Path in = Files.createDirectory(directory.resolve("in"));
        try (RandomAccessFile sparse = new RandomAccessFile(in.resolve("sparse").toFile(), "rw")) {
            for (long at = 1 << 20; at <= 8 << 20; at += 1 << 20) {
                sparse.seek(at);
                sparse.write("data".getBytes(US_ASCII));
            }
            sparse.setLength(9 << 20);
        }
        Programs.run(in, "tar", "-cS", "--format=" + format, "-f", archive.toString(), "sparse");
        assertThat(Files.size(archive)).isLessThan(1 << 20);
        Map<TarEntry, String> read = Entries.read(Files.readAllBytes(archive));
        assertThat(read).hasSize(1);
        TarEntry entry = read.keySet().iterator().next();
        assertThat(entry.name()).isEqualTo("sparse");
        assertThat(entry.size()).isEqualTo(9 << 20);
        assertThat(read.get(entry)).isEqualTo(Files.readString(in.resolve("sparse")));
    }

    /** Longer than an {@code int} can say, as {@code /var/log/lastlog} often is. */
    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--sparse-version=0.0", "--sparse-version=0.1", "--sparse-version=1.0"})
    void sparseFilesOfManyGigabytesAreRead(String form) throws Exception {
        Programs.assumeInstalled("tar");
        Path in = Files.createDirectory(directory.resolve("in"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(in.resolve("lastlog").toFile(), "rw")) {
            sparse.seek(5L << 30);
            sparse.write("data".getBytes(US_ASCII));
            sparse.setLength(6L << 30);
        }
        Files.writeString(in.resolve("next"), "next");
        List<String> how = form.startsWith("--format") ? List.of(form) : List.of("--format=posix", form);
        List<String> command = new ArrayList<>(List.of("tar", "-cS"));
        command.addAll(how);
        command.addAll(List.of("-f", archive.toString(), "lastlog", "next"));
        Programs.run(in, command.toArray(String[]::new));
        try (TarReader tar = new TarReader(new BufferedInputStream(Files.newInputStream(archive)))) {
            TarEntry entry = tar.next().orElseThrow();
            assertThat(entry.name()).isEqualTo("lastlog");
            assertThat(entry.size()).isEqualTo(6L << 30);
            assertThat(tar.content().readNBytes(1 << 20)).containsOnly(0);
            TarEntry next = tar.next().orElseThrow();
            assertThat(next.name()).isEqualTo("next");
            assertThat(tar.content().readAllBytes()).asString().isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0", "0.1", "1.0"})
    void everyFormOfSparseFilesIsRead(String version) throws Exception {
        Programs.assumeInstalled("tar");
        Path in = Files.createDirectory(directory.resolve("in"));
        try (FileChannel sparse = FileChannel.open(
                FileNames.resolve(in, "s\u00e4"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at <= 8 << 20; at += 1 << 18) {
                sparse.write(ByteBuffer.wrap(("data at " + at).getBytes(US_ASCII)), at);
            }
        }
        // Named in a file, since words of a command have no other letters than the locale has.
        Path names = Files.writeString(directory.resolve("names"), "s\u00e4\n");
        String[] tar = {"tar", "-cS", "--format=posix", "--sparse-version=" + version, "-f", archive.toString(), "-T"};
        List<String> command = new ArrayList<>(List.of(tar));
        command.add(names.toString());
        Programs.run(in, command.toArray(String[]::new));
        Map<TarEntry, String> read = Entries.read(Files.readAllBytes(archive));
        assertThat(read.keySet()).extracting(TarEntry::name).containsExactly("s\u00e4");
        assertThat(read.values()).containsExactly(Files.readString(FileNames.resolve(in, "s\u00e4")));
    }

    private Map<String, TarEntry> byName() throws IOException {
        Map<String, TarEntry> entries = new TreeMap<>();
        Entries.read(Files.readAllBytes(archive)).keySet().forEach(entry -> entries.put(entry.name(), entry));
        return entries;
    }
}
