// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A typed pointer to a blob.
 *
 * @param mediaType what the blob is
 * @param digest where it is found, and what it must hash to
 * @param size its length in bytes
 * @param platform in an index, what the manifest is for
 * @param annotations free words about it; never {@code null}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">descriptor.md</a>
 */
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        SortedMap<String, String> annotations) {

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("the size of " + digest + " is negative: " + size);
        }
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    public Descriptor(MediaType mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), new TreeMap<>());
    }

    /** A pointer to {@code content}, wherever that is kept. */
    public static Descriptor of(MediaType mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.sha256(content), content.length);
    }

    public Descriptor withMediaType(MediaType other) {
        return new Descriptor(other, digest, size, platform, annotations);
    }

    public Descriptor withPlatform(Platform other) {
        return new Descriptor(mediaType, digest, size, Optional.of(other), annotations);
    }

    public Descriptor withAnnotation(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(annotations);
        more.put(name, value);
        return new Descriptor(mediaType, digest, size, platform, more);
    }

    /**
     * Reads a descriptor; members that are not known here are passed over.
     *
     * @throws IllegalArgumentException if a required member is missing or is not what it should be
     */
    public static Descriptor fromJson(JsonObject json) {
        Digest digest = Digest.parse(json.requiredText("digest"));
        return new Descriptor(
                new MediaType(json.requiredText("mediaType")),
                digest,
                json.number("size")
                        .orElseThrow(() -> new IllegalArgumentException("'size' of " + digest + " is missing")),
                json.object("platform").map(Descriptor::platform),
                json.textMap("annotations"));
    }

    private static Platform platform(JsonObject json) {
        return new Platform(
                json.requiredText("os"),
                json.requiredText("architecture"),
                json.text("variant").orElse(""));
    }

    public JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY
                .with("mediaType", mediaType.name())
                .with("digest", digest.toString())
                .with("size", size);
        if (platform.isPresent()) {
            json = json.with("platform", platformJson(platform.get()));
        }
        return json.withUnlessEmpty("annotations", annotations);
    }

    private static JsonObject platformJson(Platform platform) {
        return JsonObject.EMPTY
                .with("architecture", platform.architecture())
                .with("os", platform.os())
                .withUnlessEmpty("variant", platform.variant());
    }
}
