// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** For which platforms there is an image, going by its own documents. */
public final class OfferedPlatforms {

    private final RawImage raw;
    private final Set<Platform> platforms = new LinkedHashSet<>();
    private final Set<Digest> seen = new HashSet<>();

    private OfferedPlatforms(RawImage raw) {
        this.raw = raw;
    }

    /**
     * In their order, each once; none if what is there is no image. An index is believed what it says of its entries; what
     * it says nothing of is asked itself.
     *
     * @throws IOException if a document that is needed for that is missing, damaged or something else
     */
    public static List<Platform> of(RawImage raw) throws IOException {
        OfferedPlatforms offered = new OfferedPlatforms(raw);
        try {
            offered.collect(raw.root(), 0);
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + raw.root().digest() + ": " + e.getMessage(), e);
        }
        return List.copyOf(offered.platforms);
    }

    private void collect(Descriptor descriptor, int depth) throws IOException {
        if (depth > ImageLoader.DEEPEST || seen.size() > ImageLoader.MOST_MANIFESTS) {
            throw new IOException("read " + descriptor.digest() + ": indexes are nested too deep or name too much");
        }
        if (!seen.add(descriptor.digest())) {
            return;
        }
        if (descriptor.mediaType().isIndex()) {
            for (Descriptor inner :
                    Index.parse(read(descriptor), descriptor.mediaType()).manifests()) {
                if (inner.platform().isEmpty()) {
                    collect(inner, depth + 1);
                } else if (!inner.platform().get().os().equals("unknown")) { // that is how attestations are marked
                    platforms.add(inner.platform().get());
                }
            }
        } else if (descriptor.mediaType().isManifest()) {
            Descriptor config =
                    Manifest.parse(read(descriptor), descriptor.mediaType()).config();
            if (config.mediaType().isConfig()) {
                platforms.add(ImageConfig.parse(read(config)).platform());
            }
        }
    }

    private byte[] read(Descriptor document) throws IOException {
        return raw.blobs().readSmall(document, OciJson.MAX_DOCUMENT_BYTES);
    }
}
