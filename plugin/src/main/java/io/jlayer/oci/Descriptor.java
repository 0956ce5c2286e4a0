// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        Optional<Long> size = json.number("size");
        if (size.isEmpty()) {
            throw new IllegalArgumentException("'size' of " + digest + " is missing");
        }
        Optional<JsonObject> platform = json.object("platform");
        return new Descriptor(
                new MediaType(json.requiredText("mediaType")),
                digest,
                size.get(),
                platform.isEmpty() ? Optional.empty() : Optional.of(platform(platform.get())),
                json.textMap("annotations"));
    }

    private static Platform platform(JsonObject json) {
        return new Platform(
                json.requiredText("os"),
                json.requiredText("architecture"),
                json.text("variant").orElse(""));
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof Descriptor descriptor
                && digest.equals(descriptor.digest)
                && size == descriptor.size
                && mediaType.equals(descriptor.mediaType)
                && platform.equals(descriptor.platform)
                && annotations.equals(descriptor.annotations);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    static List<JsonObject> toJson(List<Descriptor> descriptors) {
        List<JsonObject> json = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            json.add(descriptor.toJson());
        }
        return json;
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
