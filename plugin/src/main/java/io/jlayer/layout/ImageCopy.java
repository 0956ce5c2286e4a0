// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.image.ImageLoader;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Copies an image to a store as it is written down. What an index names and is not there is left out of it. */
final class ImageCopy {

    private final BlobSource from;
    private final BlobStore to;
    private final Set<Digest> blobs = new LinkedHashSet<>();
    private final Map<Digest, Optional<Descriptor>> done = new HashMap<>();

    ImageCopy(BlobSource from, BlobStore to) {
        this.from = from;
        this.to = to;
    }

    /** What was copied. */
    List<Digest> blobs() {
        return List.copyOf(blobs);
    }

    /**
     * Copies a manifest or an index with all that it points to.
     *
     * @return what is there now: the same, or a smaller index, or the only manifest of it; empty if nothing is there as a
     *     whole
     */
    Optional<Descriptor> of(Descriptor root) throws IOException {
        return of(root, 0);
    }

    private Optional<Descriptor> of(Descriptor root, int depth) throws IOException {
        if (depth > ImageLoader.DEEPEST || done.size() > ImageLoader.MOST_MANIFESTS) {
            throw new IOException("read " + root.digest() + ": indexes are nested too deep or name too much");
        }
        Optional<Descriptor> before = done.get(root.digest());
        if (before == null) {
            before = copied(root, depth);
            done.put(root.digest(), before);
        }
        // Two may name the same thing in other words, and each keeps its own.
        return before.map(copy -> copy.digest().equals(root.digest()) ? root : copy);
    }

    private Optional<Descriptor> copied(Descriptor root, int depth) throws IOException {
        if (!from.contains(root.digest())) {
            return Optional.empty();
        }
        byte[] document = from.readSmall(root, OciJson.MAX_DOCUMENT_BYTES);
        if (root.mediaType().isIndex()) {
            return ofIndex(root, Index.parse(document, root.mediaType()), document, depth);
        }
        List<Descriptor> parts = new ArrayList<>();
        if (root.mediaType().isManifest()) {
            Manifest manifest = Manifest.parse(document, root.mediaType());
            parts.addAll(manifest.lowestFirst());
            parts.add(manifest.config());
        }
        for (Descriptor part : parts) {
            if (!from.contains(part.digest())) {
                return Optional.empty();
            }
        }
        for (Descriptor part : parts) {
            put(part, from.get(part.digest()));
        }
        put(root, Blob.of(document));
        return Optional.of(root);
    }

    private Optional<Descriptor> ofIndex(Descriptor root, Index index, byte[] document, int depth) throws IOException {
        List<Descriptor> there = new ArrayList<>();
        for (Descriptor inner : index.manifests()) {
            of(inner, depth + 1).ifPresent(there::add);
        }
        if (there.equals(index.manifests())) {
            put(root, Blob.of(document));
            return Optional.of(root);
        } else if (there.size() <= 1) {
            return there.stream().findFirst();
        }
        Index smaller = index.withManifests(there);
        byte[] bytes = smaller.toBytes();
        Descriptor made = Descriptor.of(smaller.mediaType(), bytes);
        put(made, Blob.of(bytes));
        return Optional.of(made);
    }

    private void put(Descriptor descriptor, Blob content) throws IOException {
        to.put(descriptor, content);
        blobs.add(descriptor.digest());
    }
}
