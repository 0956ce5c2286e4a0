// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.RawImage;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For which platforms there is an image, going by its own documents. */
final class OfferedPlatforms {

    private OfferedPlatforms() {}

    /**
     * In their order, each once.
     *
     * @throws IOException if a document is missing, damaged or something else
     */
    static List<Platform> of(RawImage raw) throws IOException {
        Descriptor root = raw.root();
        try {
            if (!root.mediaType().isIndex()) {
                return List.of(ofManifest(raw, root));
            }
            Set<Platform> platforms = new LinkedHashSet<>();
            for (Descriptor inner :
                    Index.parse(read(raw, root), root.mediaType()).manifests()) {
                Optional<Platform> named = inner.platform();
                if (named.isPresent() && !named.get().os().equals("unknown")) {
                    platforms.add(named.get());
                } else if (named.isEmpty() && inner.mediaType().isManifest()) {
                    platforms.add(ofManifest(raw, inner));
                }
            }
            return List.copyOf(platforms);
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + root.digest() + ": " + e.getMessage(), e);
        }
    }

    private static Platform ofManifest(RawImage raw, Descriptor descriptor) throws IOException {
        Manifest manifest = Manifest.parse(read(raw, descriptor), descriptor.mediaType());
        return ImageConfig.parse(read(raw, manifest.config())).platform();
    }

    private static byte[] read(RawImage raw, Descriptor document) throws IOException {
        return raw.blobs().readSmall(document, OciJson.MAX_DOCUMENT_BYTES);
    }
}
