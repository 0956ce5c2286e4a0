// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one image for one platform is made of: its config and its layers.
 *
 * @param format in whose words it is written
 * @param config what runs
 * @param lowestFirst the layers
 * @param annotations free words about the image
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">manifest.md</a>
 */
public record Manifest(
        Format format, Descriptor config, List<Descriptor> lowestFirst, SortedMap<String, String> annotations) {

    public Manifest {
        lowestFirst = List.copyOf(lowestFirst);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /**
     * Reads a manifest of either format; {@code mediaType} is what the pointing descriptor said, for manifests that do
     * not say it themselves.
     *
     * @throws IllegalArgumentException if it is no image manifest
     */
    public static Manifest parse(byte[] document, MediaType mediaType) {
        JsonObject json = OciJson.parse(document);
        if (json.number("schemaVersion").orElse(0L) != 2) {
            throw new IllegalArgumentException("the manifest's schemaVersion is not 2");
        }
        MediaType own = json.text("mediaType").map(MediaType::new).orElse(mediaType);
        if (!own.isManifest()) {
            throw new IllegalArgumentException("'" + own + "' is not an image manifest");
        }
        JsonObject config =
                json.object("config").orElseThrow(() -> new IllegalArgumentException("the manifest has no 'config'"));
        return new Manifest(
                own.equals(MediaType.DOCKER_MANIFEST) ? Format.DOCKER : Format.OCI,
                Descriptor.fromJson(config),
                json.objects("layers").stream().map(Descriptor::fromJson).toList(),
                json.textMap("annotations"));
    }

    /** The type of this document. */
    public MediaType mediaType() {
        return MediaType.MANIFEST.in(format);
    }

    /** The bytes that are stored and hashed; Docker's manifests have no annotations, so there they are left out. */
    public byte[] toBytes() {
        JsonObject json = JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", mediaType().name())
                .with("config", config.toJson())
                .with("layers", Descriptor.toJson(lowestFirst));
        if (format == Format.OCI) {
            json = json.withUnlessEmpty("annotations", annotations);
        }
        return json.toString().getBytes(UTF_8);
    }
}
