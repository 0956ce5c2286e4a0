// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OfferedPlatformsTest {

    private final MemoryStore blobs = new MemoryStore();

    private Descriptor bare(String platform) throws IOException {
        Image image = Images.image(Platform.parse(platform), Images.layer(blobs, Images.file("platform", platform)));
        Descriptor root = Images.publish(blobs, ImageDocuments.of(List.of(image), Format.OCI));
        return new Descriptor(root.mediaType(), root.digest(), root.size());
    }

    private Descriptor artifact() throws IOException {
        Descriptor config = blobs.put(new MediaType("application/vnd.oci.empty.v1+json"), new byte[] {'{', '}'});
        Manifest manifest = new Manifest(Format.OCI, config, List.of(), new TreeMap<>());
        return blobs.put(MediaType.MANIFEST, manifest.toBytes());
    }

    private Descriptor index(Descriptor... entries) throws IOException {
        return blobs.put(MediaType.INDEX, new Index(Format.OCI, List.of(entries), new TreeMap<>()).toBytes());
    }

    private List<String> offered(Descriptor root) throws IOException {
        return OfferedPlatforms.of(new StoredImage(root, blobs)).stream()
                .map(Platform::toString)
                .toList();
    }

    @Test
    void whatAnIndexDoesNotSayTheImagesDo() throws IOException {
        Descriptor named = bare("linux/amd64").withPlatform(Platform.parse("linux/amd64"));
        Descriptor attestation = artifact().withPlatform(new Platform("unknown", "unknown", ""));
        Descriptor root = index(named, attestation, bare("linux/arm64"), index(bare("linux/s390x")), artifact(), named);
        assertThat(offered(root)).containsExactly("linux/amd64", "linux/arm64", "linux/s390x");
        assertThat(offered(bare("linux/arm/v7"))).containsExactly("linux/arm/v7");
        assertThat(offered(artifact())).isEmpty();
    }

    @Test
    void indexesThatNestTooDeepAreRefused() throws IOException {
        Descriptor deep = bare("linux/amd64");
        for (int depth = 0; depth <= ImageLoader.DEEPEST; depth++) {
            deep = index(deep);
        }
        Descriptor root = deep;
        assertThatIOException().isThrownBy(() -> offered(root)).withMessageContaining("too deep");
    }
}
