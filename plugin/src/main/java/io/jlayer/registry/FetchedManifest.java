// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import java.util.Optional;

/** A manifest or an index as it came, byte for byte. */
final class FetchedManifest {

    private final Descriptor descriptor;
    private final byte[] bytes;

    private FetchedManifest(Descriptor descriptor, byte[] bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /**
     * Takes what came.
     *
     * @param contentType what the server called it, if anything; the document's own word counts more
     * @throws IllegalArgumentException if it is no JSON object, or does not say what it is
     */
    static FetchedManifest of(byte[] bytes, Optional<String> contentType) {
        MediaType mediaType = mediaType(OciJson.parse(bytes), contentType);
        return new FetchedManifest(Descriptor.of(mediaType, bytes), bytes);
    }

    /** As {@link #of}, under a digest of any kind, which was checked. */
    static FetchedManifest of(byte[] bytes, Optional<String> contentType, Digest digest) {
        MediaType mediaType = mediaType(OciJson.parse(bytes), contentType);
        return new FetchedManifest(new Descriptor(mediaType, digest, bytes.length), bytes);
    }

    private static MediaType mediaType(JsonObject json, Optional<String> contentType) {
        Optional<String> called = contentType
                .map(type -> type.replaceFirst(";.*", "").strip())
                .filter(type -> type.startsWith("application/vnd."));
        String type = json.text("mediaType").or(() -> called).orElseGet(() -> guessed(json));
        return new MediaType(type);
    }

    private static String guessed(JsonObject json) {
        if (json.has("manifests")) {
            return MediaType.INDEX.name();
        } else if (json.has("layers")) {
            return MediaType.MANIFEST.name();
        }
        throw new IllegalArgumentException("the document is neither a manifest nor an index");
    }

    Descriptor descriptor() {
        return descriptor;
    }

    byte[] bytes() {
        return bytes;
    }
}
