// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a tag names before it is pushed anew. A registry keeps the blobs of what has a name, so those of the previous image
 * need not be asked for one by one.
 */
final class PreviousImage {

    /** More than one for each platform of any image that there is. */
    private static final int MOST_MANIFESTS = 16;

    private PreviousImage() {}

    /** The blobs that the manifest, or the manifests of the index, name; none where that cannot be found out. */
    static Set<Digest> blobs(Repository repository, Descriptor root, Events events) throws IOException {
        Set<Digest> blobs = new HashSet<>();
        try {
            FetchedManifest fetched =
                    repository.manifest(root.digest().toString()).orElse(null);
            if (fetched == null) {
                return blobs;
            }
            MediaType mediaType = fetched.descriptor().mediaType();
            if (mediaType.isIndex()) {
                List<Descriptor> manifests =
                        Index.parse(fetched.bytes(), mediaType).manifests();
                for (Descriptor inner : manifests.subList(0, Math.min(MOST_MANIFESTS, manifests.size()))) {
                    repository.manifest(inner.digest().toString()).ifPresent(manifest -> add(manifest, blobs));
                }
            } else {
                add(fetched, blobs);
            }
        } catch (RegistryException | FinalException | IllegalArgumentException e) {
            events.debug("what was there before is not known: " + e.getMessage());
        }
        return blobs;
    }

    private static void add(FetchedManifest fetched, Set<Digest> blobs) {
        Manifest manifest = Manifest.parse(fetched.bytes(), fetched.descriptor().mediaType());
        blobs.add(manifest.config().digest());
        manifest.lowestFirst().forEach(layer -> blobs.add(layer.digest()));
    }
}
