// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.house.Programs;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RootfsDirectoryTest extends RootfsSourceContract {

    private Path root;

    @BeforeEach
    void root() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
    }

    private Path file(String path, String content, String mode) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void filesDirectoriesAndLinksAreAsTheyAre() throws IOException {
        Path tool = file("usr/bin/tool", "x", "rwxr-x---");
        Files.createLink(root.resolve("usr/bin/zz"), tool);
        Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        file("etc/motd", "hello", "rw-r--r--");

        assertThat(entries(root))
                .containsExactly(
                        "/bin SYMLINK 777 0:0 -> usr/bin",
                        "/etc DIRECTORY 755 0:0",
                        "/etc/motd FILE 644 0:0",
                        "/loop SYMLINK 777 0:0 -> loop",
                        "/usr DIRECTORY 755 0:0",
                        "/usr/bin DIRECTORY 755 0:0",
                        "/usr/bin/tool FILE 750 0:0",
                        "/usr/bin/zz HARD_LINK 750 0:0 -> usr/bin/tool");
        assertThat(warnings).isEmpty();
    }

    @Test
    void ownersAndDevicesAndSpecialModesAreKept() throws Exception {
        assumeRoot();
        Programs.run(root, "mkdir", "-m", "1777", "tmp");
        Programs.run(root, "mknod", "-m", "666", "null", "c", "1", "3");
        Programs.run(root, "mknod", "-m", "660", "disk", "b", "259", "4097");
        Programs.run(root, "mkfifo", "-m", "600", "pipe");
        file("su", "x", "rwxr-xr-x");
        Programs.run(root, "chown", "1000:2000000000", "su");
        Programs.run(root, "chmod", "6755", "su");

        assertThat(entries(root))
                .containsExactly(
                        "/disk BLOCK_DEVICE 660 0:0 259,4097",
                        "/null CHARACTER_DEVICE 666 0:0 1,3",
                        "/pipe FIFO 600 0:0",
                        "/su FILE 6755 1000:2000000000",
                        "/tmp DIRECTORY 1777 0:0");
    }

    private void assumeRoot() throws IOException {
        Assumptions.assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "only root makes devices");
    }

    @Test
    void socketsAreLeftOutWithAWarning() throws IOException {
        file("f", "x", "rw-r--r--");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
            assertThat(entries(root)).containsExactly("/f FILE 644 0:0");
        }
        assertThat(warnings).singleElement().asString().contains("socket is left out");
    }

    @Test
    void timesDoNotMatter() throws IOException {
        Path file = file("f", "x", "rw-r--r--");
        Image first = load(root, AMD64);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(load(root, AMD64).config()).isEqualTo(first.config());
        Files.writeString(file, "y");
        assertThat(load(root, AMD64).config()).isNotEqualTo(first.config());
    }

    @Test
    void programsOfAnotherProcessorAreNoticed() throws IOException {
        Files.createDirectories(root.resolve("usr/bin"));
        Files.write(root.resolve("usr/bin/tool"), program(183));
        assertThat(load(root, Platform.parse("linux/arm64/v8")).lowestFirst()).hasSize(1);
        assertThatIOException()
                .isThrownBy(() -> load(root, AMD64))
                .withMessage("the programs in " + root + " are for linux/arm64, not for linux/amd64");
    }

    @Test
    void reservedNamesAreRefused() throws IOException {
        file("etc/.wh.x", "", "rw-r--r--");
        assertThatIOException().isThrownBy(() -> load(root, AMD64)).withMessageContaining("/etc/.wh.x");
    }

    @Test
    void aWarmLoadPacksNothing() throws IOException {
        file("a", "1", "rw-r--r--");
        Image first = load(root, AMD64);
        List<Path> before = blobs();
        assertThat(load(root, AMD64).lowestFirst().get(0).descriptor())
                .isEqualTo(first.lowestFirst().get(0).descriptor());
        assertThat(blobs()).isEqualTo(before);
    }

    private List<Path> blobs() {
        try (var all = Files.walk(directory.resolve("store/blobs"))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
