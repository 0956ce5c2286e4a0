// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.http.Events;
import io.jlayer.http.FinalException;
import io.jlayer.http.RefusalException;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tag names before it is pushed anew. A registry keeps the blobs of what has a name, so those of the previous image
 * need not be asked for one by one. Asked for once; safe for many threads.
 */
final class PreviousImage {

    /** More than one for each platform of any image that there is. */
    private static final int MOST_MANIFESTS = 16;

    private final Repository repository;
    private final String tag;
    private final Events events;
    private Optional<Optional<Descriptor>> root = Optional.empty();
    private Optional<Set<Digest>> blobs = Optional.empty();

    PreviousImage(Repository repository, String tag, Events events) {
        this.repository = repository;
        this.tag = tag;
        this.events = events;
    }

    /** The manifest or index that the tag names, if there is such a tag. */
    synchronized Optional<Descriptor> root() throws IOException {
        if (root.isEmpty()) {
            root = Optional.of(named());
        }
        return root.get();
    }

    /** A registry that cannot say what a tag names may take a new image all the same. */
    private Optional<Descriptor> named() throws IOException {
        try {
            return repository.head(tag);
        } catch (RefusalException e) {
            if (e.concernsAll() && e.status() < 500) {
                throw e;
            }
            // Who may not read may still write.
            events.debug("what was there before is not known: " + e.getMessage());
            return Optional.empty();
        }
    }

    boolean is(Digest digest) throws IOException {
        return root().filter(descriptor -> descriptor.digest().equals(digest)).isPresent();
    }

    /** The blobs that the manifest, or the manifests of the index, name; none where that cannot be found out. */
    synchronized Set<Digest> blobs() throws IOException {
        if (blobs.isEmpty()) {
            blobs = Optional.of(root().isPresent() ? found(root().get()) : Set.of());
        }
        return blobs.get();
    }

    /** From now on its blobs are none: the registry lost some of them. */
    synchronized void disbelieve() {
        blobs = Optional.of(Set.of());
    }

    private Set<Digest> found(Descriptor named) throws IOException {
        Set<Digest> found = new HashSet<>();
        try {
            FetchedManifest fetched =
                    repository.manifest(named.digest().toString()).orElse(null);
            if (fetched == null) {
                return found;
            }
            MediaType mediaType = fetched.descriptor().mediaType();
            if (mediaType.isIndex()) {
                List<Descriptor> manifests =
                        Index.parse(fetched.bytes(), mediaType).manifests();
                for (Descriptor inner : manifests.subList(0, Math.min(MOST_MANIFESTS, manifests.size()))) {
                    repository.manifest(inner.digest().toString()).ifPresent(manifest -> add(manifest, found));
                }
            } else {
                add(fetched, found);
            }
        } catch (RefusalException | FinalException | DamagedBlobException | IllegalArgumentException e) {
            events.debug("what was there before is not known: " + e.getMessage());
        }
        return found;
    }

    private static void add(FetchedManifest fetched, Set<Digest> found) {
        Manifest manifest = Manifest.parse(fetched.bytes(), fetched.descriptor().mediaType());
        found.add(manifest.config().digest());
        manifest.lowestFirst().forEach(layer -> found.add(layer.digest()));
    }
}
