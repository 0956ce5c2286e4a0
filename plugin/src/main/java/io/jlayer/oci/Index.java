// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A list of manifests, most often one for each platform; also the root of an image layout.
 *
 * @param format in whose words it is written
 * @param manifests what it points to: manifests, or further indexes
 * @param annotations free words about the whole
 * @param others the members that are not known here, such as {@code subject} and {@code artifactType}, in their order
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">image-index.md</a>
 */
public record Index(
        Format format, List<Descriptor> manifests, SortedMap<String, String> annotations, JsonObject others) {

    private static final Set<String> KNOWN = Set.of("schemaVersion", "mediaType", "manifests", "annotations");

    public Index {
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    public Index(Format format, List<Descriptor> manifests, SortedMap<String, String> annotations) {
        this(format, manifests, annotations, JsonObject.EMPTY);
    }

    /** This index with other entries. */
    public Index withManifests(List<Descriptor> other) {
        return new Index(format, other, annotations, others);
    }

    /**
     * Reads an index of either format; {@code mediaType} is what the pointing descriptor said, for indexes that do not
     * say it themselves.
     *
     * @throws IllegalArgumentException if it is no index
     */
    public static Index parse(byte[] document, MediaType mediaType) {
        JsonObject json = OciJson.parse(document);
        if (json.number("schemaVersion").orElse(0L) != 2) {
            throw new IllegalArgumentException("the index's schemaVersion is not 2");
        }
        MediaType own = json.text("mediaType").map(MediaType::new).orElse(mediaType);
        if (!own.isIndex()) {
            throw new IllegalArgumentException("'" + own + "' is not an image index");
        }
        return new Index(
                own.equals(MediaType.DOCKER_INDEX) ? Format.DOCKER : Format.OCI,
                json.objects("manifests").stream().map(Descriptor::fromJson).toList(),
                json.textMap("annotations"),
                json.without(KNOWN));
    }

    /** The type of this document. */
    public MediaType mediaType() {
        return MediaType.INDEX.in(format);
    }

    /** The bytes that are stored and hashed; Docker's manifest lists have no annotations, so there they are left out. */
    public byte[] toBytes() {
        JsonObject json = JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", mediaType().name())
                .with("manifests", Descriptor.toJson(manifests));
        if (format == Format.OCI) {
            json = json.withUnlessEmpty("annotations", annotations);
        }
        return json.withAll(others).toString().getBytes(UTF_8);
    }
}
