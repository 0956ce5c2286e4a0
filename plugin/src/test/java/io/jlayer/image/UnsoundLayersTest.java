// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.MemoryStore;
import io.jlayer.house.Programs;
import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Decompression;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import io.jlayer.tar.XattrValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that clients cannot unpack, with umoci as one of them. */
class UnsoundLayersTest {

    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    @TempDir
    Path directory;

    private final MemoryStore blobs = new MemoryStore();

    /** What is found in an image of these layers. */
    record Case(String name, MediaType type, List<byte[]> layers, Severity severity, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        TarEntry a = file("a", 5);
        byte[] sparse = tar(file("a", 0));
        byte[] many = tar(xattr("user.x", "x".repeat(2 << 20)));
        return Stream.of(
                error("a wrong checksum", "wrong checksum", patched(tar(a), 136, "7", false)),
                error("an empty name", "empty name", patched(tar(file("x", 0)), 0, "\0", true)),
                error("a file that is the root", "it has the root, '.'", tar(file(".", 0))),
                error("a link that is the root", "it has the root, '/'", tar(link("/", "a", TarEntry.Type.SYMLINK))),
                error(
                        "a long link",
                        "more than the 4095 bytes",
                        tar(link("l", "x".repeat(4096), TarEntry.Type.SYMLINK))),
                error("a long header", "has a header of 2097", many),
                error("no capability", "the kernel refuses", tar(xattr("security.capability", "\1\0\0\2x"))),
                error("a link to nothing", "to /b, which is in no layer", tar(hard("a", "b"))),
                error("a link to itself", "is a hard link to itself", tar(hard("a", "a"))),
                error("a link to a later file", "which only comes after it", tar(hard("b", "a"), a)),
                error("a link to a directory", "which is a directory", tar(directory("d"), hard("b", "d"))),
                error("a link to a directory below", "which is a directory", tar(directory("d")), tar(hard("b", "d"))),
                error("a link to what was deleted", "in no layer", tar(a), tar(file(".wh.a", 0)), tar(hard("b", "a"))),
                warning("a link to a file below", "in one below", tar(a), tar(hard("b", "a"))),
                warning("an old sparse file", "GNU tar's old form", patched(sparse, 156, "S", true)),
                warning("GNU's list of a directory", "of the type 'D'", patched(tar(file("a", 0)), 156, "D", true)),
                warning("a contiguous file", "of the type '7'", patched(tar(a), 156, "7", true)),
                new Case(
                        "gzip said to be plain",
                        MediaType.LAYER_TAR,
                        List.of(gzip(tar(a))),
                        Severity.ERROR,
                        "it is packed with gzip"),
                new Case(
                        "a plain tar said to be gzip",
                        MediaType.LAYER_GZIP,
                        List.of(tar(a)),
                        Severity.ERROR,
                        "it is not packed"),
                new Case(
                        "zstd said to be gzip",
                        MediaType.LAYER_GZIP,
                        List.of(zstd(tar(a))),
                        Severity.ERROR,
                        "it is packed with zstd"),
                new Case(
                        "zeros behind gzip",
                        MediaType.LAYER_GZIP,
                        List.of(join(gzip(tar(a)), new byte[512])),
                        Severity.WARNING,
                        "512 bytes that are none"),
                new Case(
                        "one byte behind gzip",
                        MediaType.LAYER_GZIP,
                        List.of(join(gzip(tar(a)), new byte[1])),
                        Severity.WARNING,
                        "are 1 bytes that are none"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFound(Case unsound) throws IOException {
        List<Finding> findings = new ImageValidator(blobs).validate(image(unsound));
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(unsound.severity());
            assertThat(finding.what()).contains(unsound.words());
        });
        if (unsound.severity() == Severity.WARNING) {
            assertThat(findings).allMatch(finding -> finding.severity() == Severity.WARNING);
        }
    }

    /** What is an error here is one there. */
    @ParameterizedTest
    @MethodSource("cases")
    void umociRefusesIt(Case unsound) throws Exception {
        Programs.assumeInstalled("umoci");
        if (unsound.severity() == Severity.ERROR) {
            Path layout = layout(image(unsound));
            assertThatThrownBy(() -> umoci(layout))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("unpack rootfs");
        }
    }

    /** All that looks like it. */
    @Test
    void soundOnesAreNot() throws Exception {
        TarEntry a = file("a", 5);
        byte[] capability = new byte[20];
        capability[3] = 2;
        TreeMap<String, XattrValue> xattrs = new TreeMap<>(Map.of("security.capability", XattrValue.of(capability)));
        TarEntry able = new TarEntry("able", TarEntry.Type.FILE, 0755, 0, 0, 0, 1, "", 0, 0, xattrs);
        byte[] tar = tar(
                directory("."),
                a,
                hard("b", "a"),
                link("s", "a", TarEntry.Type.SYMLINK),
                hard("t", "s"),
                able,
                xattr("user.x", "x".repeat(1000)));
        byte[] half = gzip(Arrays.copyOf(tar, 512));
        byte[] rest = gzip(Arrays.copyOfRange(tar, 512, tar.length));
        Case sound = new Case("sound", MediaType.LAYER_GZIP, List.of(gzip(tar), join(half, rest)), Severity.ERROR, "");
        Descriptor image = image(sound);
        assertThat(new ImageValidator(blobs).validate(image)).isEmpty();
        Programs.assumeInstalled("umoci");
        umoci(layout(image));
    }

    private void umoci(Path layout) throws Exception {
        Programs.run(directory, "umoci", "unpack", "--rootless", "--image", layout + ":x", directory + "/out");
    }

    private static Case error(String name, String words, byte[]... layers) {
        return new Case(name, MediaType.LAYER_TAR, List.of(layers), Severity.ERROR, words);
    }

    private static Case warning(String name, String words, byte[]... layers) {
        return new Case(name, MediaType.LAYER_TAR, List.of(layers), Severity.WARNING, words);
    }

    private Descriptor image(Case of) throws IOException {
        List<Descriptor> layers = new ArrayList<>();
        List<String> diffIds = new ArrayList<>();
        for (byte[] layer : of.layers()) {
            layers.add(blobs.put(of.type(), layer));
            diffIds.add("\"" + Digest.sha256(unpacked(layer)) + "\"");
        }
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":" + diffIds + "}}";
        Manifest manifest =
                new Manifest(Format.OCI, blobs.put(MediaType.CONFIG, config.getBytes(UTF_8)), layers, new TreeMap<>());
        return blobs.put(MediaType.MANIFEST, manifest.toBytes());
    }

    private static byte[] unpacked(byte[] layer) throws IOException {
        return Decompression.open(new ByteArrayInputStream(layer)).readAllBytes();
    }

    private Path layout(Descriptor image) throws IOException {
        Path layout = directory.resolve("layout");
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Manifest manifest = Manifest.parse(blobs.bytes(image.digest()), image.mediaType());
        List<Descriptor> all = new ArrayList<>(manifest.lowestFirst());
        all.addAll(List.of(image, manifest.config()));
        for (Descriptor blob : all) {
            Files.write(layout.resolve("blobs/sha256").resolve(blob.digest().hex()), blobs.bytes(blob.digest()));
        }
        String index = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + image.mediaType() + "\",\"digest\":\""
                + image.digest() + "\",\"size\":" + image.size()
                + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"x\"}}]}";
        Files.writeString(layout.resolve("index.json"), index);
        return layout;
    }

    private static byte[] tar(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.begin(entry);
                tar.content().write(new byte[(int) entry.size()]);
            }
        }
        return bytes.toByteArray();
    }

    private static TarEntry file(String name, int size) {
        return new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, size, 1, "");
    }

    private static TarEntry directory(String name) {
        return new TarEntry(name, TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, 1, "");
    }

    private static TarEntry link(String name, String target, TarEntry.Type type) {
        return new TarEntry(name, type, 0777, 0, 0, 0, 1, target);
    }

    private static TarEntry hard(String name, String target) {
        return link(name, target, TarEntry.Type.HARD_LINK);
    }

    private static TarEntry xattr(String name, String value) {
        TreeMap<String, XattrValue> xattrs = new TreeMap<>(Map.of(name, XattrValue.of(value)));
        return new TarEntry("file", TarEntry.Type.FILE, 0644, 0, 0, 0, 1, "", 0, 0, xattrs);
    }

    private static byte[] patched(byte[] tar, int at, String with, boolean summed) {
        System.arraycopy(with.getBytes(ISO_8859_1), 0, tar, at, with.length());
        if (summed) {
            Arrays.fill(tar, 148, 156, (byte) ' ');
            int sum = 0;
            for (int i = 0; i < 512; i++) {
                sum += tar[i] & 0xff;
            }
            System.arraycopy(String.format("%06o\0 ", sum).getBytes(UTF_8), 0, tar, 148, 8);
        }
        return tar;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** One frame of one stored block, of less than 64 KiB. */
    private static byte[] zstd(byte[] bytes) {
        int block = (bytes.length << 3) | 1;
        byte[] header = {0x60, (byte) (bytes.length - 256), (byte) ((bytes.length - 256) >> 8)};
        return join(ZSTD, header, new byte[] {(byte) block, (byte) (block >> 8), (byte) (block >> 16)}, bytes);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
