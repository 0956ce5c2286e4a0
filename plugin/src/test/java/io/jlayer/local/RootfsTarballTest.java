// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.house.Programs;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RootfsTarballTest extends RootfsSourceContract {

    private static final String WRITE_CAPABILITY =
            """
            import io, sys, tarfile
            with tarfile.open(sys.argv[1], "w", format=tarfile.PAX_FORMAT) as tar:
                for name in ["bin/ping", "bin/true"]:
                    info = tarfile.TarInfo(name)
                    info.size = 4
                    if name == "bin/ping":
                        value = bytes.fromhex(sys.argv[2]).decode("utf-8", "surrogateescape")
                        info.pax_headers["SCHILY.xattr.security.capability"] = value
                    tar.addfile(info, io.BytesIO(b"code"))
            """;
    private static final String READ_CAPABILITIES =
            """
            import sys, tarfile
            for entry in tarfile.open(sys.argv[1]):
                value = entry.pax_headers.get("SCHILY.xattr.security.capability", "")
                print(entry.name, value.encode("utf-8", "surrogateescape").hex())
            """;

    private static TarEntry entry(String name, TarEntry.Type type, int mode, String link) {
        return new TarEntry(name, type, mode, 0, 0, 0, 7, link);
    }

    private static TarEntry file(String name, int size) {
        return new TarEntry(name, TarEntry.Type.FILE, 0640, 1000, 2_000_000_000L, size, 7, "");
    }

    private static TarEntry symlink(String name, String link) {
        return entry(name, TarEntry.Type.SYMLINK, 0777, link);
    }

    private Path tar(TarEntry... entries) throws IOException {
        Path file = directory.resolve("rootfs.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            for (TarEntry entry : entries) {
                tar.begin(entry);
                tar.content().write("x".repeat((int) entry.size()).getBytes(UTF_8));
            }
        }
        return file;
    }

    private void refused(String message, TarEntry... entries) throws IOException {
        Path file = tar(entries);
        assertThatIOException()
                .isThrownBy(() -> load(file, AMD64))
                .withMessageStartingWith("read " + file + ": ")
                .withMessageContaining(message);
    }

    @Test
    void entriesAreAsTheyAre() throws IOException {
        TreeMap<String, XattrValue> xattrs = new TreeMap<>(Map.of("user.a", XattrValue.of("b")));
        Path tar = tar(
                entry("./", TarEntry.Type.DIRECTORY, 0755, ""),
                entry("./tmp", TarEntry.Type.DIRECTORY, 01777, ""),
                file("./etc/passwd", 3),
                entry("etc/shadow", TarEntry.Type.HARD_LINK, 0640, "./etc/passwd"),
                symlink("lib", "usr/lib"),
                new TarEntry("dev/null", TarEntry.Type.CHARACTER_DEVICE, 0666, 0, 0, 0, 7, "", 1, 3, xattrs),
                entry("run/pipe", TarEntry.Type.FIFO, 0600, ""));
        assertThat(entries(tar))
                .containsExactly(
                        "/ DIRECTORY 755 0:0",
                        "/tmp DIRECTORY 1777 0:0",
                        "/etc/passwd FILE 640 1000:2000000000",
                        "/etc/shadow HARD_LINK 640 0:0 -> etc/passwd",
                        "/lib SYMLINK 777 0:0 -> usr/lib",
                        "/dev/null CHARACTER_DEVICE 666 0:0 1,3",
                        "/run/pipe FIFO 600 0:0");
    }

    /** The capability of Debian's ping, cap_net_raw=ep, with a byte more that is no text; written and read by Python. */
    @Test
    void capabilitiesOfFilesAreKeptToTheByte() throws Exception {
        Programs.assumeInstalled("python3");
        String capability = "0100000200200000000000000000000000000080";
        Programs.run(directory, "python3", "-c", WRITE_CAPABILITY, "rootfs.tar", capability);

        Image image = load(directory.resolve("rootfs.tar"), AMD64);

        Path layer = store.blobs().file(image.lowestFirst().get(0).descriptor().digest());
        assertThat(Programs.run(directory, "python3", "-c", READ_CAPABILITIES, layer.toString()))
                .isEqualTo("bin/ping " + capability + "\nbin/true \n");
        assertThat(warnings).isEmpty();
    }

    @Test
    void thePackingIsToldByTheBytes() throws Exception {
        Path tar = tar(file("a", 2000), file("b", 5));
        List<String> plain = entries(tar);
        for (String program : List.of("gzip", "xz", "zstd")) {
            Programs.assumeInstalled(program);
            Path packed = directory.resolve("rootfs." + program);
            Programs.run(directory, "sh", "-c", program + " -q -c rootfs.tar >" + packed.getFileName());
            assertThat(entries(packed)).as(program).isEqualTo(plain);
        }
    }

    @Test
    void whatLiesBelowALinkLandsWhereTheLinkLeads() throws IOException {
        Path tar = tar(
                symlink("lib", "usr/lib"),
                entry("usr/lib", TarEntry.Type.DIRECTORY, 0755, ""),
                entry("lib", TarEntry.Type.DIRECTORY, 0700, ""),
                file("lib/a", 1),
                entry("b", TarEntry.Type.HARD_LINK, 0640, "lib/a"),
                symlink("usr/lib/up", "../../etc"),
                file("lib/up/c", 1));
        assertThat(entries(tar))
                .containsExactly(
                        "/lib SYMLINK 777 0:0 -> usr/lib",
                        "/usr/lib DIRECTORY 755 0:0",
                        "/usr/lib/a FILE 640 1000:2000000000",
                        "/b HARD_LINK 640 0:0 -> usr/lib/a",
                        "/usr/lib/up SYMLINK 777 0:0 -> ../../etc",
                        "/etc/c FILE 640 1000:2000000000");
    }

    @Test
    void ofSeveralEntriesForAPathTheLastCounts() throws IOException {
        Path tar = tar(file("a", 1), file("b", 1), entry("./a", TarEntry.Type.DIRECTORY, 0700, ""));
        assertThat(entries(tar)).containsExactly("/b FILE 640 1000:2000000000", "/a DIRECTORY 700 0:0");
    }

    @Test
    void whiteoutsHideNothingAndAreLeftOut() throws IOException {
        assertThat(entries(tar(file("etc/.wh.x", 0), file("etc/.wh..wh..opq", 0), file("etc/x", 1))))
                .containsExactly("/etc/x FILE 640 1000:2000000000");
    }

    @Test
    void nothingLeavesTheRoot() throws IOException {
        refused("'../evil' has '..' in it", file("../evil", 1));
        refused("could lead out", file("a/../../evil", 1));
        refused("could lead out", file("f", 1), entry("g", TarEntry.Type.HARD_LINK, 0644, "../../etc/passwd"));
        // A link may say what it likes: it is followed within the root only.
        assertThat(entries(tar(symlink("out", "../../../srv"), file("out/f", 1))))
                .containsExactly("/out SYMLINK 777 0:0 -> ../../../srv", "/srv/f FILE 640 1000:2000000000");
        assertThat(entries(tar(file("/etc/abs", 1)))).containsExactly("/etc/abs FILE 640 1000:2000000000");
    }

    @Test
    void circlesOfLinksAreFoundWhereSomethingGoesThroughThem() throws IOException {
        assertThat(entries(tar(symlink("a", "b"), symlink("b", "a")))).hasSize(2);
        refused("its links lead in a circle", symlink("a", "b"), symlink("b", "a"), file("a/f", 1));
        refused("its links lead in a circle", symlink("self", "self/self"), file("self/f", 1));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linksThatMultiplyAreRefused() throws IOException {
        List<TarEntry> entries = new ArrayList<>(List.of(symlink("l0", "/")));
        for (int i = 1; i <= 39; i++) {
            entries.add(symlink("l" + i, "l" + (i - 1) + "/l" + (i - 1)));
        }
        entries.add(file("l39/f", 1));
        refused("its links lead in a circle", entries.toArray(new TarEntry[0]));
    }

    @Test
    void dotsLeadUpFromWhereTheLinkBeforeThemLeads() throws IOException {
        assertThat(entries(tar(symlink("bin", "usr/bin"), symlink("x", "bin/../share"), file("x/f", 1))))
                .contains("/usr/share/f FILE 640 1000:2000000000");
    }

    @Test
    void hardLinksLeadToWhatComesBeforeThem() throws IOException {
        refused(
                "a hard link leads to /nothing, which is not there",
                entry("a", TarEntry.Type.HARD_LINK, 0644, "nothing"));
        refused("which is not there before it", entry("a", TarEntry.Type.HARD_LINK, 0644, "b"), file("b", 1));
        refused("was replaced after it", file("b", 1), entry("a", TarEntry.Type.HARD_LINK, 0644, "b"), file("b", 2));
        refused("which is not there", entry("a", TarEntry.Type.HARD_LINK, 0644, "a"));
    }

    @Test
    void whatIsNoTarIsRefused() throws IOException {
        refused("it holds no files");
        Path text = Files.writeString(directory.resolve("text"), "x".repeat(2000));
        assertThatIOException().isThrownBy(() -> load(text, AMD64)).withMessageContaining("read " + text);
        assertThatIOException()
                .isThrownBy(() -> load(directory.resolve("none"), AMD64))
                .withMessage("there is no file or directory " + directory.resolve("none"));
    }

    @Test
    void programsOfAnotherProcessorAreNoticedAgainAndAgain() throws IOException {
        Path file = directory.resolve("rootfs.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            tar.begin(file("usr/bin/tool", 64));
            tar.content().write(program(62));
        }
        Platform arm = Platform.parse("linux/arm64");
        for (int time = 0; time < 2; time++) {
            assertThatIOException()
                    .isThrownBy(() -> load(file, arm))
                    .withMessage("the programs in " + file + " are for linux/amd64, not for linux/arm64");
        }
        assertThat(load(file, AMD64).platform()).isEqualTo(AMD64);
    }

    @Test
    void equalTarballsGiveOneLayer() throws IOException {
        Path tar = tar(file("a", 1));
        Image first = load(tar, AMD64);
        Path copy = Files.copy(tar, directory.resolve("copy.tar"));
        assertThat(load(copy, AMD64).lowestFirst().get(0).descriptor())
                .isEqualTo(first.lowestFirst().get(0).descriptor());
        assertThat(load(tar, AMD64).config()).isEqualTo(first.config());
    }
}
