// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.MemoryStore;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageLoaderTest {

    private static final Platform AMD = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final MemoryStore blobs = new MemoryStore();
    private final MemoryStore store = new MemoryStore();

    private Image load(Descriptor root, String platform) throws IOException {
        return new ImageLoader(blobs, store).load(root, Platform.parse(platform));
    }

    private Descriptor manifest(String platform) throws IOException {
        Layer layer = Images.layer(blobs, Images.file("platform", platform));
        Image image = Images.image(Platform.parse(platform), layer);
        return Images.publish(blobs, ImageDocuments.of(List.of(image), Format.OCI));
    }

    private static Descriptor bare(Descriptor descriptor) {
        return new Descriptor(descriptor.mediaType(), descriptor.digest(), descriptor.size());
    }

    private Descriptor index(Descriptor... manifests) throws IOException {
        Index index = new Index(Format.OCI, List.of(manifests), new TreeMap<>());
        return blobs.put(index.mediaType(), index.toBytes());
    }

    @Test
    void aManifestIsLoadedAndItsLayersOnlyWhenOpened() throws IOException {
        Image image = load(manifest("linux/amd64"), "linux/amd64");
        assertThat(image.platform()).isEqualTo(AMD);
        assertThat(store.count()).isZero();
        Layer layer = image.lowestFirst().get(0);
        try (InputStream in = layer.blob().open()) {
            assertThat(in.readAllBytes()).hasSize((int) layer.descriptor().size());
        }
        assertThat(store.contains(layer.descriptor().digest())).isTrue();
        blobs.lose(layer.descriptor().digest());
        layer.blob().open().close();
    }

    @Test
    void thePlatformThatServesBestIsChosen() throws IOException {
        Descriptor index = index(
                manifest("linux/arm/v6"),
                manifest("linux/arm/v7"),
                manifest("linux/amd64"),
                manifest("linux/arm64/v8"));
        assertThat(load(index, "linux/arm").platform()).hasToString("linux/arm/v7");
        assertThat(load(index, "linux/arm/v6").platform()).hasToString("linux/arm/v6");
        assertThat(load(index, "linux/arm64").platform()).hasToString("linux/arm64/v8");
        assertThat(load(index, "linux/amd64/v2").platform()).hasToString("linux/amd64");
    }

    @Test
    void whereConfigsDoNotSayTheVariantTheIndexDoes() throws IOException {
        Descriptor v6 = manifest("linux/arm").withPlatform(Platform.parse("linux/arm/v6"));
        Image other = Images.image(Platform.parse("linux/arm"), Images.layer(blobs, Images.file("f", "v7")));
        Descriptor v7 = Images.publish(blobs, ImageDocuments.of(List.of(other), Format.OCI))
                .withPlatform(Platform.parse("linux/arm/v7"));
        assertThat(load(index(v6, v7), "linux/arm").lowestFirst().get(0).diffId())
                .isEqualTo(other.lowestFirst().get(0).diffId());
    }

    @Test
    void oneLoaderServesSeveralPlatforms() throws IOException {
        Descriptor index = index(manifest("linux/amd64"), manifest("linux/arm64"));
        ImageLoader loader = new ImageLoader(blobs, store);
        assertThat(loader.load(index, AMD).platform()).isEqualTo(AMD);
        assertThat(loader.load(index, ARM64).platform()).isEqualTo(ARM64);
        assertThat(loader.load(index, AMD).platform()).isEqualTo(AMD);
    }

    @Test
    void indexesNest() throws IOException {
        Descriptor inner = index(bare(manifest("linux/arm64")), bare(manifest("linux/amd64")));
        Descriptor outer = index(inner, index(), index(inner));
        assertThat(load(outer, "linux/amd64").platform()).isEqualTo(AMD);
    }

    @Test
    void manifestsOfOtherPlatformsNeedNotBeThere() throws IOException {
        Descriptor missing = Descriptor.of(MediaType.MANIFEST, new byte[] {1}).withPlatform(ARM64);
        assertThat(load(index(missing, manifest("linux/amd64")), "linux/amd64").platform())
                .isEqualTo(AMD);
    }

    @Test
    void attestationsAreNoImages() throws IOException {
        Manifest attestation = new Manifest(
                Format.OCI,
                blobs.put(new MediaType("application/vnd.in-toto+json"), "{}".getBytes(UTF_8)),
                List.of(),
                new TreeMap<>());
        Descriptor other = blobs.put(MediaType.MANIFEST, attestation.toBytes());
        Descriptor index = index(other.withPlatform(Platform.parse("unknown/unknown")), other, manifest("linux/amd64"));
        assertThat(load(index, "linux/amd64").platform()).isEqualTo(AMD);
    }

    @Test
    void whatIsOfferedIsNamedWhereNothingServes() throws IOException {
        Descriptor index = index(manifest("linux/arm64"), manifest("linux/386"), bare(manifest("windows/amd64")));
        assertThatIOException()
                .isThrownBy(() -> load(index, "linux/amd64"))
                .withMessage("there is no image for linux/amd64; offered are [linux/386, linux/arm64, windows/amd64]");
    }

    @Test
    void anIndexThatIsTooDeepIsRefused() throws IOException {
        Descriptor deep = manifest("linux/amd64");
        for (int depth = 0; depth < 8; depth++) {
            deep = index(bare(deep));
        }
        assertThat(load(deep, "linux/amd64").platform()).isEqualTo(AMD);
        Descriptor deeper = index(index(deep));
        assertThatIOException().isThrownBy(() -> load(deeper, "linux/amd64")).withMessageContaining("too deep");
    }

    @Test
    void indexesThatNameEachOtherManyTimesAreReadOnce() throws IOException {
        Descriptor bomb = bare(manifest("linux/amd64"));
        for (int depth = 0; depth < 7; depth++) {
            bomb = index(bomb, bomb, bomb, bomb, bomb, bomb, bomb, bomb, bomb, bomb);
        }
        assertThat(load(bomb, "linux/amd64").platform()).isEqualTo(AMD);
    }

    @Test
    void anIndexThatNamesTooMuchIsRefused() throws IOException {
        List<Descriptor> many = new ArrayList<>();
        for (int number = 0; number < 1100; number++) {
            Index empty = new Index(Format.OCI, List.of(), new TreeMap<>(Map.of("n", "" + number)));
            many.add(blobs.put(MediaType.INDEX, empty.toBytes()));
        }
        Descriptor wide = index(many.toArray(Descriptor[]::new));
        assertThatIOException().isThrownBy(() -> load(wide, "linux/amd64")).withMessageContaining("too much");
    }

    /** An index cannot hold its own digest, but a source that lies can say that it does. */
    @Test
    void aSourceThatLiesIsFoundOut() throws IOException {
        Descriptor honest = index(manifest("linux/amd64"));
        Index circle = new Index(Format.OCI, List.of(honest), new TreeMap<>());
        blobs.falsify(honest.digest(), circle.toBytes());
        assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> load(honest, "linux/amd64"));
    }

    @Test
    void brokenDocumentsAreErrorsThatNameTheImage() throws IOException {
        Descriptor broken = blobs.put(MediaType.MANIFEST, "{\"schemaVersion\":2}".getBytes(UTF_8));
        assertThatIOException()
                .isThrownBy(() -> load(broken, "linux/amd64"))
                .withMessageContaining("read " + broken.digest())
                .withMessageContaining("no 'config'");
        Descriptor large = new Descriptor(MediaType.MANIFEST, Digest.sha256("x"), 1L << 40);
        assertThatIOException().isThrownBy(() -> load(large, "linux/amd64")).withMessageContaining("more than");
    }

    @Test
    void whereALayerIsFoundElsewhereStaysSaid() throws IOException {
        Layer layer = Images.layer(blobs, Images.file("f", "x"));
        Descriptor foreign =
                Descriptor.fromJson(layer.descriptor().toJson().with("urls", List.of("https://example.com/layer")));
        Descriptor config =
                blobs.put(MediaType.CONFIG, Images.image(AMD, layer).config().toBytes());
        Manifest manifest = new Manifest(Format.OCI, config, List.of(foreign), new TreeMap<>());
        Image image = load(blobs.put(MediaType.MANIFEST, manifest.toBytes()), "linux/amd64");

        assertThat(ImageDocuments.of(List.of(image), Format.DOCKER)
                        .platforms()
                        .get(0)
                        .manifest()
                        .lowestFirst())
                .containsExactly(foreign.withMediaType(MediaType.DOCKER_LAYER_GZIP));
    }

    @Test
    void manifestAndConfigAgreeOnTheLayers() throws IOException {
        Layer layer = Images.layer(blobs, Images.file("f", "x"));
        Descriptor config = blobs.put(MediaType.CONFIG, ImageConfig.empty(AMD).toBytes());
        Manifest manifest = new Manifest(Format.OCI, config, List.of(layer.descriptor()), new TreeMap<>());
        Descriptor root = blobs.put(MediaType.MANIFEST, manifest.toBytes());
        assertThatIOException()
                .isThrownBy(() -> load(root, "linux/amd64"))
                .withMessageContaining("1 layers and the config 0 diffIDs");
    }
}
