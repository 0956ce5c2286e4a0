// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.List;
import java.util.Map;

/**
 * What kind of content a descriptor points to.
 *
 * @param name the type as it stands in JSON and in {@code Content-Type}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md">media-types.md</a>
 */
public record MediaType(String name) {

    public static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType LAYER_TAR = new MediaType("application/vnd.oci.image.layer.v1.tar");
    public static final MediaType LAYER_GZIP = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    public static final MediaType LAYER_ZSTD = new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");

    public static final MediaType DOCKER_INDEX =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    public static final MediaType DOCKER_LAYER_TAR = new MediaType("application/vnd.docker.image.rootfs.diff.tar");
    public static final MediaType DOCKER_LAYER_GZIP =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
    public static final MediaType DOCKER_LAYER_ZSTD =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.zstd");

    /** The types that say the same in both formats, OCI's first. */
    private static final List<List<MediaType>> TWINS = List.of(
            List.of(INDEX, DOCKER_INDEX),
            List.of(MANIFEST, DOCKER_MANIFEST),
            List.of(CONFIG, DOCKER_CONFIG),
            List.of(LAYER_TAR, DOCKER_LAYER_TAR),
            List.of(LAYER_GZIP, DOCKER_LAYER_GZIP),
            List.of(LAYER_ZSTD, DOCKER_LAYER_ZSTD));

    /** Layers that must not be redistributed, by their redistributable kin. */
    private static final Map<MediaType, MediaType> FOREIGN = Map.of(
            new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar"), LAYER_TAR,
            new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"), LAYER_GZIP,
            new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"), LAYER_ZSTD,
            new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"), DOCKER_LAYER_GZIP);

    public MediaType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a media type must not be blank");
        }
    }

    /** The same kind of content in {@code format}'s words; a type that has no twin there stays what it is. */
    public MediaType in(Format format) {
        for (List<MediaType> twins : TWINS) {
            if (twins.contains(this)) {
                return twins.get(format == Format.OCI ? 0 : 1);
            }
        }
        return this;
    }

    public boolean isIndex() {
        return in(Format.OCI).equals(INDEX);
    }

    public boolean isManifest() {
        return in(Format.OCI).equals(MANIFEST);
    }

    public boolean isConfig() {
        return in(Format.OCI).equals(CONFIG);
    }

    /** Whether the content is a layer: a tar, packed in any of the ways that the specification names. */
    public boolean isLayer() {
        MediaType oci = FOREIGN.getOrDefault(this, this).in(Format.OCI);
        return oci.equals(LAYER_TAR) || oci.equals(LAYER_GZIP) || oci.equals(LAYER_ZSTD);
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof MediaType type && name.equals(type.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
