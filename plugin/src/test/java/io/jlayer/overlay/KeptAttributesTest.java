// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerReader;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files are besides their bytes, on the way through a trial: extended attributes, owners, devices. */
class KeptAttributesTest {

    /** {@code cap_net_raw+ep}, as the kernel stores it. */
    private static final byte[] CAPABILITY = {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    Path directory;

    private Path lower;
    private RootFs layers;

    @BeforeEach
    void makeLayer() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "needs root");
        lower = Files.createDirectory(directory.resolve("lower"));
        layers = new RootFs(List.of(new LayerDirectory(lower, Collections.emptySortedSet())), new Ownership.Real());
    }

    private static Path file(Path directory, String name, int mode, int owner) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "text\n");
        Files.setAttribute(file, "unix:uid", owner);
        Files.setAttribute(file, "unix:mode", mode);
        return file;
    }

    private static void setCapability(Path file) throws IOException {
        assumeTrue(HostPrograms.find("python3").isPresent(), "needs python3");
        HostCommand.run(List.of(
                HostPrograms.require("python3"),
                "-c",
                "import os, sys; os.setxattr(sys.argv[1], 'security.capability', bytes.fromhex(sys.argv[2]))",
                file.toString(),
                "0100000200200000000000000000000000000000"));
    }

    private static void setAttribute(Path file, String name, String value) throws IOException {
        FileAttributes.write(file, name, value.getBytes(UTF_8));
    }

    private static Map<String, TarEntry> entries(Layer layer) throws IOException {
        Map<String, TarEntry> entries = new TreeMap<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.put(entry.get().path().value(), entry.get().tar());
            }
        }
        return entries;
    }

    private Store store() throws IOException {
        return Store.open(directory.resolve("store"));
    }

    @Test
    void committedLayerHasAttributesButNotThoseOfOverlays() throws IOException {
        Files.createDirectory(lower.resolve("d"));
        WritableRootFs rootFs = WritableRootFs.in(Files.createDirectory(directory.resolve("trial")), layers);
        Path program = file(rootFs.upper(), "-program", 0755, 33);
        setCapability(program);
        setAttribute(program, "colour", "red");
        setAttribute(program, "overlay.origin", "x");
        Path changed = Files.createDirectory(rootFs.upper().resolve("d"));
        setAttribute(changed, "shape", "round");
        setAttribute(changed, "fuseoverlayfs.origin", "x");

        assertThat(rootFs.changes().all()).map(Change::toString).containsExactly("A /-program", "C /d");
        Map<String, TarEntry> entries = entries(rootFs.layer(store().blobs()));
        assertThat(entries.get("-program").xattrs())
                .containsOnly(
                        Map.entry("security.capability", XattrValue.of(CAPABILITY)),
                        Map.entry("user.colour", XattrValue.of("red")));
        assertThat(entries.get("d").xattrs()).containsOnly(Map.entry("user.shape", XattrValue.of("round")));
    }

    @Test
    void committedLayerHasDevicesAndNoSockets() throws IOException {
        WritableRootFs rootFs = WritableRootFs.in(Files.createDirectory(directory.resolve("trial")), layers);
        mknod(rootFs.upper().resolve("disk"), "b", "259", "300");
        mknod(rootFs.upper().resolve("null"), "c", "1", "3");
        mknod(rootFs.upper().resolve("gone"), "c", "0", "0");
        socket(rootFs.upper().resolve("socket"));

        Map<String, TarEntry> entries = entries(rootFs.layer(store().blobs()));
        assertThat(entries).containsOnlyKeys("disk", "null", ".wh.gone");
        assertThat(entries.get("disk").type()).isEqualTo(TarEntry.Type.BLOCK_DEVICE);
        assertThat(entries.get("disk").devMajor()).isEqualTo(259);
        assertThat(entries.get("disk").devMinor()).isEqualTo(300);
        assertThat(entries.get("null").type()).isEqualTo(TarEntry.Type.CHARACTER_DEVICE);
    }

    /** Else they would be missing in a layer, and nobody would know. */
    @Test
    void attributesThatCannotBeListedAreAnError() throws IOException {
        assertThat(PlainAttributes.read(Path.of("/proc/version"))).isEmpty(); // which keeps none
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(memory), "needs /dev/shm");
        Path file = Files.createTempFile(memory, "jlayer", "");
        try {
            for (int i = 0; i < 200; i++) { // more names than Java reads
                assumeTrue(
                        isSet(file, "name" + i + "x".repeat(200)), "needs a kernel that keeps many attributes there");
            }
            assertThatThrownBy(() -> PlainAttributes.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("read the extended attributes of " + file);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isSet(Path file, String name) {
        try {
            setAttribute(file, name, "");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void mknod(Path file, String... words) throws IOException {
        String script = "mknod \"$0\" \"$@\"";
        HostCommand.run(Stream.concat(Stream.of("/bin/sh", "-c", script, file.toString()), Stream.of(words))
                .toList());
    }

    private static void socket(Path path) throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path));
        }
    }

    @Test
    void copyHasAllThatTheLayersHave() throws IOException {
        Path program = file(lower, "program", 04755, 33);
        setCapability(program);
        setAttribute(program, "colour", "red");
        setAttribute(Files.createDirectory(lower.resolve("d")), "shape", "round");
        mknod(lower.resolve("disk"), "b", "259", "300");
        HostCommand.run(List.of(
                "/bin/sh", "-c", "mkfifo -m 640 \"$0\"", lower.resolve("pipe").toString()));
        socket(lower.resolve("socket"));

        CopiedRootFs copy = CopiedRootFs.in(directory.resolve("copy"), layers);

        FileStatus status = FileStatus.of(copy.root().resolve("program"));
        assertThat(status.mode()).isEqualTo(04755);
        assertThat(status.uid()).isEqualTo(33);
        assertThat(FileCapabilities.in(copy.root(), new Ownership.Real()).values())
                .containsExactly(XattrValue.of(CAPABILITY));
        assertThat(PlainAttributes.read(copy.root().resolve("program"))).containsOnlyKeys("user.colour");
        assertThat(PlainAttributes.read(copy.root().resolve("d"))).containsOnlyKeys("user.shape");
        FileStatus disk = FileStatus.of(copy.root().resolve("disk"));
        assertThat(disk.isBlockDevice()).isTrue();
        assertThat(disk.deviceMinor()).isEqualTo(300);
        assertThat(FileStatus.of(copy.root().resolve("pipe")).mode()).isEqualTo(0640);
        assertThat(copy.root().resolve("socket").toFile().exists()).isFalse();
        assertThat(Files.exists(copy.root().resolve("socket"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void layerOfACopyHasAttributesAndTheDirectoriesOnTheWay() throws IOException {
        Path tmp = Files.createDirectory(lower.resolve("tmp"));
        Files.setAttribute(tmp, "unix:mode", 01777);
        CopiedRootFs copy = CopiedRootFs.in(directory.resolve("copy"), layers);
        setCapability(file(copy.root().resolve("tmp"), "program", 0755, 0));

        Map<String, TarEntry> entries = entries(copy.layer(copy.changes(), store().blobs()));
        assertThat(entries).containsOnlyKeys("tmp", "tmp/program");
        assertThat(entries.get("tmp").mode()).isEqualTo(01777);
        assertThat(entries.get("tmp/program").xattrs()).containsOnlyKeys("security.capability");
    }
}
