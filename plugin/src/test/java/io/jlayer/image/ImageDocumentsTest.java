// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageDocumentsTest {

    private static final Platform AMD = Platform.parse("linux/amd64");
    private static final Platform ARM = Platform.parse("linux/arm64");

    private final MemoryStore store = new MemoryStore();
    private Layer shared;
    private Image amd;
    private Image arm;

    @BeforeEach
    void makeImages() throws IOException {
        shared = Images.layer(store, Images.file("shared", "s"));
        amd = Images.image(AMD, shared, Images.layer(store, Images.file("f", "amd")));
        arm = Images.image(ARM, shared, Images.layer(store, Images.file("f", "arm")));
    }

    private static List<MediaType> types(ImageDocuments documents) {
        return documents.documents().stream()
                .map(ImageDocuments.Document::descriptor)
                .map(Descriptor::mediaType)
                .toList();
    }

    @Test
    void oneImageIsAManifest() {
        ImageDocuments documents = ImageDocuments.of(List.of(amd), Format.OCI);
        assertThat(documents.root().mediaType()).isEqualTo(MediaType.MANIFEST);
        assertThat(documents.root().platform()).contains(AMD);
        assertThat(types(documents)).containsExactly(MediaType.CONFIG, MediaType.MANIFEST);
        assertThat(documents.layers()).hasSize(2);
    }

    @Test
    void severalImagesAreAnIndexAfterAllItPointsTo() throws IOException {
        ImageDocuments documents = ImageDocuments.of(List.of(amd, arm), Format.OCI);
        assertThat(types(documents))
                .containsExactly(
                        MediaType.CONFIG, MediaType.MANIFEST, MediaType.CONFIG, MediaType.MANIFEST, MediaType.INDEX);
        Images.publish(store, documents);
        Index index = Index.parse(
                store.readSmall(documents.root(), 10_000), documents.root().mediaType());
        assertThat(index.manifests())
                .extracting(manifest -> manifest.platform().orElseThrow())
                .containsExactly(AMD, ARM);
        assertThat(documents.layers()).hasSize(3).containsValue(shared);
    }

    /** An index speaks of all that it points to. */
    @Test
    void anIndexSaysWhatAllOfItsImagesSay() throws IOException {
        Image one = amd.withAnnotations(new TreeMap<>(Map.of("a", "1", "b", "2", "c", "3")));
        Image other = arm.withAnnotations(new TreeMap<>(Map.of("a", "1", "b", "4", "d", "5")));
        ImageDocuments documents = ImageDocuments.of(List.of(one, other), Format.OCI);
        Images.publish(store, documents);
        Index index = Index.parse(store.readSmall(documents.root(), 10_000), MediaType.INDEX);
        assertThat(index.annotations()).containsOnly(Map.entry("a", "1"));
    }

    @Test
    void inDockersWordsAllTypesAreDockers() throws IOException {
        ImageDocuments documents = ImageDocuments.of(List.of(amd), Format.DOCKER);
        assertThat(types(documents)).containsExactly(MediaType.DOCKER_CONFIG, MediaType.DOCKER_MANIFEST);
        Images.publish(store, documents);
        Manifest manifest = Manifest.parse(
                store.readSmall(documents.root(), 10_000), documents.root().mediaType());
        assertThat(manifest.lowestFirst()).extracting(Descriptor::mediaType).containsOnly(MediaType.DOCKER_LAYER_GZIP);
        assertThat(documents.layers().keySet()).containsExactlyElementsOf(manifest.lowestFirst());
    }

    @Test
    void equalImagesGiveEqualDigests() {
        TreeMap<String, String> annotations = new TreeMap<>(Map.of("a", "1", "b", "2"));
        assertThat(ImageDocuments.of(List.of(amd.withAnnotations(annotations), arm), Format.OCI)
                        .root())
                .isEqualTo(ImageDocuments.of(List.of(amd.withAnnotations(annotations), arm), Format.OCI)
                        .root())
                .isNotEqualTo(ImageDocuments.of(List.of(arm, amd), Format.OCI).root());
    }

    @Test
    void aPlatformIsThereOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageDocuments.of(List.of(amd, amd), Format.OCI));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageDocuments.of(List.of(), Format.OCI));
    }

    @Test
    void configAndLayersAgree() {
        assertThatIllegalArgumentException().isThrownBy(() -> amd.withConfig(arm.config()));
        assertThatIllegalArgumentException().isThrownBy(() -> Image.scratch(AMD).chainId());
        assertThat(Images.image(AMD, shared).chainId().digest())
                .isEqualTo(shared.diffId().digest());
    }
}
