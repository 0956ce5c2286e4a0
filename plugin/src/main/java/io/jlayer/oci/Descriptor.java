// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param others the members that are not known here, such as {@code urls} and {@code artifactType}, in their order; among
 *     them {@code platform}, if that has such members, with those alone
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">descriptor.md</a>
 */
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        SortedMap<String, String> annotations,
        JsonObject others) {

    private static final Set<String> KNOWN = Set.of("mediaType", "digest", "size", "annotations");
    private static final String PLATFORM = "platform";
    private static final Set<String> KNOWN_OF_PLATFORM = Set.of("os", "architecture", "variant");

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("the size of " + digest + " is negative: " + size);
        }
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    public Descriptor(MediaType mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), new TreeMap<>(), JsonObject.EMPTY);
    }

    /** A pointer to {@code content}, wherever that is kept. */
    public static Descriptor of(MediaType mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.sha256(content), content.length);
    }

    public Descriptor withMediaType(MediaType other) {
        return new Descriptor(other, digest, size, platform, annotations, others);
    }

    /** This descriptor for another platform; what else is said of a platform stays if it is just another variant. */
    public Descriptor withPlatform(Platform other) {
        boolean sameMachine = platform.isPresent()
                && platform.get().os().equals(other.os())
                && platform.get().architecture().equals(other.architecture());
        JsonObject kept = sameMachine ? others : others.without(PLATFORM);
        return new Descriptor(mediaType, digest, size, Optional.of(other), annotations, kept);
    }

    public Descriptor withAnnotation(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(annotations);
        more.put(name, value);
        return new Descriptor(mediaType, digest, size, platform, more, others);
    }

    /**
     * Reads a descriptor; members that are not known here are kept.
     *
     * @throws IllegalArgumentException if a required member is missing or is not what it should be
     */
    public static Descriptor fromJson(JsonObject json) {
        Digest digest = Digest.parse(json.requiredText("digest"));
        Optional<Long> size = json.number("size");
        if (size.isEmpty()) {
            throw new IllegalArgumentException("'size' of " + digest + " is missing");
        }
        Optional<JsonObject> platform = json.object(PLATFORM);
        return new Descriptor(
                new MediaType(json.requiredText("mediaType")),
                digest,
                size.get(),
                platform.isEmpty() ? Optional.empty() : Optional.of(platform(platform.get())),
                json.textMap("annotations"),
                others(json, platform));
    }

    private static JsonObject others(JsonObject json, Optional<JsonObject> platform) {
        JsonObject others = json.without(KNOWN).without(PLATFORM);
        JsonObject more = platform.orElse(JsonObject.EMPTY).without(KNOWN_OF_PLATFORM);
        return others.withUnlessEmpty(PLATFORM, more);
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
                && annotations.equals(descriptor.annotations)
                && others.equals(descriptor.others);
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
            json = json.with(PLATFORM, platformJson(platform.get()));
        }
        return json.withUnlessEmpty("annotations", annotations).withAll(others.without(PLATFORM));
    }

    private JsonObject platformJson(Platform known) {
        return JsonObject.EMPTY
                .with("architecture", known.architecture())
                .with("os", known.os())
                .withUnlessEmpty("variant", known.variant())
                .withAll(others.object(PLATFORM).orElse(JsonObject.EMPTY));
    }
}
