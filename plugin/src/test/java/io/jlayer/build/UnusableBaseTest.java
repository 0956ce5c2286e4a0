// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.house.Programs;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.Images;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import io.jlayer.project.OtherFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base that cannot be used is one clear error, and what was built before stays. */
class UnusableBaseTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    Path directory;

    private SmallApplication application;
    private SortedMap<String, String> before;

    @BeforeEach
    void buildOnce() throws IOException {
        application = new SmallApplication(directory);
        application.build();
        before = application.visible();
    }

    private void refused(String from, String... words) throws IOException {
        application.from = from;
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContainingAll(words)
                .withMessageContaining("<from>")
                .withMessageContaining("To fix: ");
        assertThat(application.visible()).isEqualTo(before);
    }

    /** A layout in {@code base} with an image of one layer. */
    private Image layout(JsonObject config, FileEntry... entries) throws IOException {
        Layer layer = Images.layer(application.store().blobs(), entries);
        Image plain = Images.image(AMD64, layer);
        Image image = plain.withConfig(plain.config().withExecution(config));
        LayoutTarget.holding(directory.resolve("base"), application.store().blobs(), List.of("latest"))
                .write(ImageDocuments.of(List.of(image), Format.OCI));
        return image;
    }

    private Path blob(Digest digest) {
        return directory.resolve("base/blobs/sha256").resolve(digest.hex());
    }

    /** The layout's blobs are the store's own files; both are meant to be gone. */
    private void replace(Digest digest, byte[] content) throws IOException {
        Files.delete(blob(digest));
        Files.deleteIfExists(application.store().blobs().file(digest));
        if (content.length > 0) {
            Files.write(blob(digest), content);
        }
    }

    @Test
    void missing() throws IOException {
        for (String transport : List.of("oci", "oci-archive", "docker-archive", "rootfs")) {
            refused(transport + ":nowhere", "there is no", project("nowhere"));
        }
    }

    @Test
    void ofAnotherKindThanItsTransportSays() throws IOException {
        application.write("dir/file", "x");
        application.write("text", "x");
        refused("oci:dir", project("dir"), "is no OCI image layout");
        refused("oci-archive:dir", project("dir"), "is a directory");
        refused("docker-archive:dir", project("dir"), "is a directory");
        refused("oci-archive:text", project("text"));
        refused("docker-archive:text", project("text"));
        refused("rootfs:text", project("text"));
    }

    private String project(String path) {
        return application.project.resolve(path).toString();
    }

    @Test
    void ofAnotherPlatform() throws IOException {
        layout(JsonObject.EMPTY, Images.file("etc/os", "x"));
        application.platforms = List.of(Platform.parse("linux/s390x"));
        refused("oci:../base", "no image for linux/s390x", "offered are [linux/amd64]");
    }

    @Test
    void ofTheJdkForAnotherMachine() throws IOException {
        application.platforms = List.of(Platform.HOST, Platform.parse("linux/s390x"));
        refused(
                "jdk:",
                "'jdk:' can only make an image for " + Platform.HOST,
                "To fix: build for " + Platform.HOST + " alone, or name a base that is an image");
    }

    @Test
    void withADamagedLayer() throws IOException {
        Digest layer = layout(JsonObject.EMPTY, Images.file("etc/os", "x"))
                .lowestFirst()
                .get(0)
                .descriptor()
                .digest();
        byte[] bytes = Files.readAllBytes(blob(layer));
        bytes[bytes.length / 2] ^= 1;
        replace(layer, bytes);
        refused("oci:../base", layer.toString());
        replace(layer, "cut".getBytes(UTF_8));
        refused("oci:../base", layer.toString());
        replace(layer, new byte[0]);
        refused("oci:../base", layer.toString());
    }

    @Test
    void withADamagedManifest() throws IOException {
        Image image = layout(JsonObject.EMPTY, Images.file("etc/os", "x"));
        ImageDocuments documents = ImageDocuments.of(List.of(image), Format.OCI);
        Digest manifest = documents.root().digest();
        replace(manifest, "{}".getBytes(UTF_8));
        refused("oci:../base", manifest.toString());
    }

    @Test
    void whoseIndexIsNoJson() throws IOException {
        layout(JsonObject.EMPTY, Images.file("etc/os", "x"));
        Files.writeString(directory.resolve("base/index.json"), "{\"manifests\":[");
        refused("oci:../base", "image layout is broken");
    }

    @Test
    void whoseIndexesNestForEver() throws IOException {
        layout(JsonObject.EMPTY, Images.file("etc/os", "x"));
        Path index = directory.resolve("base/index.json");
        for (int depth = 0; depth < 12; depth++) {
            Descriptor inner = Descriptor.of(MediaType.INDEX, Files.readAllBytes(index));
            Files.write(blob(inner.digest()), Files.readAllBytes(index));
            Files.write(index, new Index(Format.OCI, List.of(inner), new TreeMap<>()).toBytes());
        }
        refused("oci:../base", "nested too deep");
    }

    @Test
    void whoseLinksLeadInACircleWhereFilesGo() throws IOException {
        layout(JsonObject.EMPTY, Images.symlink("one", "two"), Images.symlink("two", "one"));
        application.write("src/main/jlayer/one/file", "x");
        refused("oci:../base", "lead in a circle");
    }

    @Test
    void circlesElsewhereDoNoHarm() throws IOException {
        layout(JsonObject.EMPTY, Images.symlink("a", "b"), Images.symlink("b", "a"));
        application.from = "oci:../base";
        assertThat(application.build().platforms().get(0).lowestFirst()).hasSize(3);
    }

    @Test
    void withAnOlderJavaThanTheClassesNeed() throws IOException {
        layout(JsonObject.EMPTY.with("Env", List.of("PATH=/bin", "JAVA_VERSION=jdk-11.0.2+9")), Images.file("f", "x"));
        refused("oci:../base", "need Java 17", "has Java 11", "<maven.compiler.release>11");
    }

    @Test
    void oneNewerClassAmongManyDecides() throws IOException {
        layout(JsonObject.EMPTY.with("Env", List.of("JAVA_VERSION=17.0.15")), Images.file("f", "x"));
        application.from = "oci:../base";
        application.build();
        before = application.visible();
        byte[] newer = SmallApplication.classFile(OtherFixture.class);
        newer[7] = 44 + 25;
        Files.write(application.classes().resolve("io/jlayer/project/OtherFixture.class"), newer);
        application.container = SmallApplication.containerOf(Optional.of("a.Main"), List.of(), new TreeMap<>());
        refused("oci:../base", "need Java 25", "has Java 17");
    }

    @Test
    void withMoreLayersThanAnEngineTakes() throws IOException {
        Layer[] many = new Layer[126];
        for (int i = 0; i < many.length; i++) {
            many[i] = Images.layer(application.store().blobs(), Images.file("f" + i, ""));
        }
        LayoutTarget.holding(directory.resolve("base"), application.store().blobs(), List.of("latest"))
                .write(ImageDocuments.of(List.of(Images.image(AMD64, many)), Format.OCI));
        application.from = "oci:../base";
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContainingAll("128 layers", "at most 127", "name one with 125 at most");
        assertThat(application.visible()).isEqualTo(before);
    }

    @Test
    void packedTarsThatAreCutOff() throws Exception {
        layout(JsonObject.EMPTY, Images.file("etc/os", "x".repeat(100_000)));
        for (String program : List.of("gzip", "xz", "zstd")) {
            Programs.assumeInstalled(program);
            for (String transport : List.of("oci-archive", "rootfs")) {
                Programs.run(
                        directory, "tar", "-c", "--use-compress-program=" + program, "-f", "packed", "-C", "base", ".");
                byte[] whole = Files.readAllBytes(directory.resolve("packed"));
                Files.write(directory.resolve("packed"), Arrays.copyOf(whole, whole.length / 2));
                refused(transport + ":../packed", "read " + project("../packed"));
            }
        }
    }
}
