// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static io.jlayer.overlay.TestLayers.entry;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Blob;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import io.jlayer.tar.XattrValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Layers that try to write where they must not, or that are merely odd. */
class HostileLayerTest {

    private static final String TEXT = "evil";

    @TempDir
    Path directory;

    private Path outside;
    private LayerDirectories layers;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("file"), "good");
        layers = new LayerDirectories(directory.resolve("layers"), new Ownership.Flat());
    }

    private Path unpack(TarEntry... entries) throws IOException {
        Layer layer = TestLayers.raw(List.of(entries), TEXT);
        return layers.rootFs(List.of(layer)).lowestFirst().get(0).directory();
    }

    private static TarEntry file(String name) {
        return entry(name, TarEntry.Type.FILE, "", TEXT.length());
    }

    private void nothingHappenedOutside() throws IOException {
        assertThat(outside.resolve("file")).hasContent("good");
        assertThat(outside.toFile().list()).containsExactly("file");
        try (var files = Files.list(directory.resolve("layers").resolve("flat"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".draft"));
        }
    }

    @Test
    void pathUpwardsIsRefused() throws IOException {
        assertThatThrownBy(() -> unpack(file("a/../../../../outside/file")))
                .isInstanceOf(UnpackException.class)
                .hasMessageContaining("could lead out");
        assertThatThrownBy(() -> unpack(file(".."))).hasMessageContaining("could lead out");
        nothingHappenedOutside();
    }

    @Test
    void absolutePathStaysWithin() throws IOException {
        Path root = unpack(file("/" + directory.resolve("outside/file")));
        assertThat(root.resolve(directory.toString().substring(1)).resolve("outside/file"))
                .hasContent(TEXT);
        nothingHappenedOutside();
    }

    @Test
    void linkInTheWayIsFollowedWithin() throws IOException {
        Path root = unpack(
                entry("abs", TarEntry.Type.SYMLINK, outside.toString(), 0),
                entry("up", TarEntry.Type.SYMLINK, "../../../../../../.." + outside, 0),
                file("abs/file"),
                file("up/new"));
        Path within = root.resolve(outside.toString().substring(1));
        assertThat(within.resolve("file")).hasContent(TEXT);
        assertThat(within.resolve("new")).hasContent(TEXT);
        nothingHappenedOutside();
    }

    @Test
    void directoryThatBecomesALinkIsNotFollowed() throws IOException {
        Path root = unpack(
                entry("d", TarEntry.Type.DIRECTORY, "", 0),
                file("d/a"),
                entry("d", TarEntry.Type.SYMLINK, outside.toString(), 0),
                file("d/file"));
        assertThat(root.resolve("d")).isSymbolicLink();
        nothingHappenedOutside();
    }

    @Test
    void fileOverALinkReplacesIt() throws IOException {
        Path root =
                unpack(entry("l", TarEntry.Type.SYMLINK, outside.resolve("file").toString(), 0), file("l"));
        assertThat(Files.isRegularFile(root.resolve("l"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        nothingHappenedOutside();
    }

    @Test
    void directoryOverALinkReplacesIt() throws IOException {
        Path root = unpack(
                entry("l", TarEntry.Type.SYMLINK, outside.toString(), 0),
                entry("l", TarEntry.Type.DIRECTORY, "", 0),
                file("l/file"));
        assertThat(root.resolve("l/file")).hasContent(TEXT);
        assertThat(root.resolve("l"))
                .isDirectory()
                .isNotEqualTo(root.resolve("l").toRealPath().getRoot());
        assertThat(Files.isSymbolicLink(root.resolve("l"))).isFalse();
        nothingHappenedOutside();
    }

    @Test
    void hardLinkOutsideIsRefused() throws IOException {
        String target = outside.resolve("file").toString();
        assertThatThrownBy(() -> unpack(entry("h", TarEntry.Type.HARD_LINK, target, 0)))
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> unpack(entry("h", TarEntry.Type.HARD_LINK, "../outside/file", 0)))
                .hasMessageContaining("could lead out");
        nothingHappenedOutside();
    }

    @Test
    void hardLinkToALinkDoesNotReachWhereThatLeads() throws IOException {
        Path root = unpack(
                entry("l", TarEntry.Type.SYMLINK, outside.resolve("file").toString(), 0),
                entry("h", TarEntry.Type.HARD_LINK, "l", 0),
                file("h"));
        assertThat(root.resolve("h")).hasContent(TEXT);
        nothingHappenedOutside();
    }

    @Test
    void hardLinkThroughALinkStaysWithin() throws IOException {
        assertThatThrownBy(() -> unpack(
                        entry("l", TarEntry.Type.SYMLINK, outside.toString(), 0),
                        entry("h", TarEntry.Type.HARD_LINK, "l/file", 0)))
                .hasMessageContaining("not there");
        nothingHappenedOutside();
    }

    @Test
    void whiteoutThroughALinkStaysWithin() throws IOException {
        unpack(
                entry("l", TarEntry.Type.SYMLINK, outside.toString(), 0),
                entry("l/.wh.file", TarEntry.Type.FILE, "", 0));
        unpack(
                entry("l", TarEntry.Type.SYMLINK, outside.toString(), 0),
                entry("l/.wh..wh..opq", TarEntry.Type.FILE, "", 0));
        nothingHappenedOutside();
    }

    /** Each leads through the one before twice, so that the way through the last is a billion links long. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linksThatMultiplyAreRefused() throws IOException {
        List<TarEntry> entries = new ArrayList<>(List.of(
                entry("d", TarEntry.Type.DIRECTORY, "", 0),
                entry("d/up", TarEntry.Type.SYMLINK, "/", 0),
                entry("l0", TarEntry.Type.SYMLINK, "d/up", 0)));
        for (int i = 1; i <= 30; i++) {
            entries.add(entry("l" + i, TarEntry.Type.SYMLINK, "l" + (i - 1) + "/l" + (i - 1), 0));
        }
        entries.add(file("l30/x"));
        assertThatThrownBy(() -> unpack(entries.toArray(new TarEntry[0]))).hasMessageContaining("circle");
        nothingHappenedOutside();
    }

    @Test
    void circleOfLinksIsRefused() throws IOException {
        assertThatThrownBy(() -> unpack(
                        entry("a", TarEntry.Type.SYMLINK, "b", 0),
                        entry("b", TarEntry.Type.SYMLINK, "a", 0),
                        file("a/x")))
                .hasMessageContaining("circle");
        nothingHappenedOutside();
    }

    @Test
    void fileUsedAsADirectoryIsRefused() throws IOException {
        assertThatThrownBy(() -> unpack(file("a"), file("a/b"))).hasMessageContaining("/a is a file");
        nothingHappenedOutside();
    }

    @Test
    void laterEntryOfANameWins() throws IOException {
        Path root = unpack(
                entry("d", TarEntry.Type.DIRECTORY, "", 0),
                file("d/x"),
                entry("d", TarEntry.Type.FILE, "", 0),
                entry("d", TarEntry.Type.DIRECTORY, "", 0),
                file("f"),
                entry("f", TarEntry.Type.SYMLINK, "nowhere", 0));
        assertThat(root.resolve("d")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(root.resolve("f"))).hasToString("nowhere");
    }

    @Test
    void forgedOverlayMarksAreLeftOut() throws IOException {
        TreeMap<String, XattrValue> xattrs = new TreeMap<>();
        xattrs.put("user.overlay.opaque", XattrValue.of("y"));
        xattrs.put("user.plain", XattrValue.of("kept"));
        Path root = unpack(new TarEntry("d", TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, 1, "", 0, 0, xattrs));
        assertThat(Marks.isOpaque(root.resolve("d"))).isFalse();
        assertThat(Files.getAttribute(root.resolve("d"), "user:plain")).isEqualTo("kept".getBytes(UTF_8));
    }

    @Test
    void attributeThatIsNotTextDoesNotMatter() throws IOException {
        // "security.capability" with a byte 0x80 in it, in a PAX header as GNU tar writes it.
        byte[] record = "35 SCHILY.xattr.security.capability=\n".getBytes(ISO_8859_1);
        byte[] pax = new byte[record.length + 3];
        System.arraycopy(record, 0, pax, 0, record.length - 1);
        System.arraycopy(new byte[] {1, (byte) 0x80, 2, '\n'}, 0, pax, record.length - 1, 4);
        System.arraycopy(Integer.toString(pax.length).getBytes(ISO_8859_1), 0, pax, 0, 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            tar.begin(entry("pax", TarEntry.Type.FILE, "", pax.length));
            tar.content().write(pax);
            tar.begin(entry("ping", TarEntry.Type.FILE, "", 0));
        }
        byte[] tar = bytes.toByteArray();
        tar[156] = 'x';
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(ISO_8859_1), 0, tar, 148, 6);
        tar[154] = 0;
        Descriptor descriptor = Descriptor.of(MediaType.LAYER_TAR, tar);
        Layer layer = new Layer(new DiffId(Digest.sha256(tar)), descriptor, Blob.of(tar), OptionalLong.of(tar.length));
        assertThat(layers.rootFs(List.of(layer)).names(LayerPath.ROOT)).containsExactly("ping");
    }

    @Test
    void deviceNodesAreNotMade() throws IOException {
        Path root = unpack(
                new TarEntry("sda", TarEntry.Type.BLOCK_DEVICE, 0666, 0, 0, 0, 1, "", 8, 0, new TreeMap<>()),
                new TarEntry("whiteout", TarEntry.Type.CHARACTER_DEVICE, 0666, 0, 0, 0, 1, "", 0, 0, new TreeMap<>()));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void wrongDiffIdLeavesNothing() throws IOException {
        Layer good = TestLayers.raw(List.of(file("a")), TEXT);
        Layer other = TestLayers.raw(List.of(file("b")), TEXT);
        Layer wrong = new Layer(good.diffId(), other.descriptor(), other.blob(), other.tarSize());
        assertThatThrownBy(() -> layers.rootFs(List.of(wrong))).hasMessageContaining("unpacks to a tar with digest");
        nothingHappenedOutside();
        assertThat(layers.rootFs(List.of(good)).find(LayerPath.of("a"))).isPresent();
    }
}
