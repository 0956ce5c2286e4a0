// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @Test
    void typesHaveATwinInTheOtherFormat() {
        assertThat(MediaType.LAYER_GZIP.in(Format.DOCKER)).isEqualTo(MediaType.DOCKER_LAYER_GZIP);
        assertThat(MediaType.DOCKER_INDEX.in(Format.OCI)).isEqualTo(MediaType.INDEX);
        assertThat(MediaType.CONFIG.in(Format.OCI)).isEqualTo(MediaType.CONFIG);
        MediaType other = new MediaType("text/plain");
        assertThat(other.in(Format.DOCKER)).isEqualTo(other);
    }

    @Test
    void kindsAreToldApartInBothFormats() {
        assertThat(MediaType.INDEX.isIndex() && MediaType.DOCKER_INDEX.isIndex())
                .isTrue();
        assertThat(MediaType.MANIFEST.isManifest() && MediaType.DOCKER_MANIFEST.isManifest())
                .isTrue();
        assertThat(MediaType.CONFIG.isConfig() && MediaType.DOCKER_CONFIG.isConfig())
                .isTrue();
        assertThat(MediaType.INDEX.isManifest() || MediaType.MANIFEST.isIndex() || MediaType.CONFIG.isLayer())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.layer.v1.tar",
                "application/vnd.oci.image.layer.v1.tar+gzip",
                "application/vnd.oci.image.layer.v1.tar+zstd",
                "application/vnd.oci.image.layer.nondistributable.v1.tar",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
                "application/vnd.docker.image.rootfs.diff.tar",
                "application/vnd.docker.image.rootfs.diff.tar.gzip",
                "application/vnd.docker.image.rootfs.diff.tar.zstd",
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            })
    void everyWayToPackALayerIsALayer(String name) {
        assertThat(new MediaType(name).isLayer()).isTrue();
    }

    @Test
    void aTypeHasAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MediaType(" "));
    }
}
