// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes an {@link Image} of what a descriptor points to: goes through indexes, however they nest, to the manifest that
 * serves a platform best, and reads it and its config.
 *
 * <p>Everything read is checked against its digest. Layers are only named; their bytes are read, and checked, when their
 * blob is opened, and are then kept in the store.
 */
public final class ImageLoader {

    /** Nobody nests deeper, and an index cannot contain itself; hostile ones can be deep. */
    public static final int DEEPEST = 8;

    /** How many manifests and indexes are followed from one root. */
    public static final int MOST_MANIFESTS = 1000;

    private final BlobSource blobs;
    private final BlobStore store;

    /** Reads from {@code blobs}, and keeps layers that are opened in {@code store}. */
    public ImageLoader(BlobSource blobs, BlobStore store) {
        this.blobs = blobs;
        this.store = store;
    }

    private record Candidate(Descriptor descriptor, Manifest manifest, ImageConfig config) {}

    /**
     * What was found.
     *
     * @param manifest what points to it
     * @param config what points to its config, whose digest is the image's id
     * @param image what it is
     */
    public record Found(Descriptor manifest, Descriptor config, Image image) {}

    /**
     * Loads the image for a platform.
     *
     * @throws IOException if none serves, naming those that are offered; or if something is missing or damaged
     */
    public Image load(Descriptor root, Platform platform) throws IOException {
        return image(best(root, platform));
    }

    /**
     * Loads the images for some platforms as they are written down: manifests and configs keep their bytes, and so their
     * digests. What serves two of the platforms is there once.
     *
     * @throws IOException as {@link #load}
     */
    public ImageDocuments loadAsWritten(Descriptor root, List<Platform> platforms) throws IOException {
        Map<Digest, ImageDocuments.Document> documents = new LinkedHashMap<>();
        List<ImageDocuments.Platformed> parts = new ArrayList<>();
        for (Platform platform : platforms) {
            Candidate found = best(root, platform);
            if (documents.containsKey(found.descriptor().digest())) {
                continue;
            }
            Image image = image(found);
            Descriptor manifest = found.descriptor().withPlatform(image.platform());
            keep(found.manifest().config(), documents);
            keep(manifest, documents);
            parts.add(new ImageDocuments.Platformed(image, manifest, found.manifest()));
        }
        return ImageDocuments.asWritten(parts, documents);
    }

    private void keep(Descriptor descriptor, Map<Digest, ImageDocuments.Document> documents) throws IOException {
        documents.put(descriptor.digest(), new ImageDocuments.Document(descriptor, Blob.of(read(descriptor))));
    }

    /** As {@link #load}, and says which documents it is from. */
    public Found find(Descriptor root, Platform platform) throws IOException {
        Candidate best = best(root, platform);
        return new Found(best.descriptor(), best.manifest().config(), image(best));
    }

    private Candidate best(Descriptor root, Platform platform) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        try {
            collect(root, platform, 0, new HashSet<>(), candidates);
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + root.digest() + ": " + e.getMessage(), e);
        }
        Optional<Candidate> best = candidates.stream()
                .filter(candidate -> platform.fit(candidate.config().platform()) > 0)
                .reduce((a, b) -> fit(platform, b) > fit(platform, a) ? b : a);
        if (best.isEmpty()) {
            Set<Platform> offered = new TreeSet<>();
            candidates.forEach(candidate -> offered.add(candidate.config().platform()));
            throw new UnservedPlatformException(platform, offered);
        }
        return best.get();
    }

    /** The config decides; where configs do not tell variants apart, the index may. */
    private static int fit(Platform platform, Candidate candidate) {
        Optional<Platform> listed = candidate.descriptor().platform();
        return 3 * platform.fit(candidate.config().platform())
                + listed.map(platform::fit).orElse(0);
    }

    private void collect(
            Descriptor descriptor, Platform platform, int depth, Set<Digest> seen, List<Candidate> candidates)
            throws IOException {
        if (depth > DEEPEST || seen.size() > MOST_MANIFESTS) {
            throw new IOException("read " + descriptor.digest() + ": indexes are nested too deep or name too much");
        }
        if (!seen.add(descriptor.digest())) {
            return;
        }
        if (descriptor.mediaType().isIndex()) {
            Index index = Index.parse(read(descriptor), descriptor.mediaType());
            for (Descriptor inner : index.manifests()) {
                // What says that it is for another platform need not be there at all.
                if (depth == DEEPEST || inner.platform().isEmpty() || worthReading(inner, index, platform)) {
                    collect(inner, platform, depth + 1, seen, candidates);
                }
            }
        } else if (descriptor.mediaType().isManifest()) {
            Manifest manifest = Manifest.parse(read(descriptor), descriptor.mediaType());
            // An artifact (an attestation, a signature) is a manifest too, but its config is none.
            if (manifest.config().mediaType().isConfig()) {
                candidates.add(new Candidate(descriptor, manifest, ImageConfig.parse(read(manifest.config()))));
            }
        }
    }

    /** Manifests for other platforms are read only where nothing serves, to be able to say what is offered. */
    private static boolean worthReading(Descriptor inner, Index index, Platform platform) {
        boolean anyServes = index.manifests().stream()
                .anyMatch(other -> other.platform().isPresent()
                        && platform.fit(other.platform().get()) > 0);
        boolean unknown = inner.platform().get().os().equals("unknown");
        return !unknown && (!anyServes || platform.fit(inner.platform().get()) > 0);
    }

    private byte[] read(Descriptor descriptor) throws IOException {
        return blobs.readSmall(descriptor, OciJson.MAX_DOCUMENT_BYTES);
    }

    private Image image(Candidate candidate) throws IOException {
        List<Descriptor> descriptors = candidate.manifest().lowestFirst();
        List<DiffId> diffIds = candidate.config().diffIds();
        if (descriptors.size() != diffIds.size()) {
            throw new IOException("read " + candidate.descriptor().digest() + ": the manifest has " + descriptors.size()
                    + " layers and the config " + diffIds.size() + " diffIDs");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            Descriptor descriptor = descriptors.get(i);
            layers.add(new Layer(
                    diffIds.get(i), descriptor, () -> fetched(descriptor).open(), OptionalLong.empty()));
        }
        return new Image(
                candidate.config(),
                layers,
                candidate.manifest().annotations(),
                Optional.of(candidate.descriptor().digest()));
    }

    private Blob fetched(Descriptor descriptor) throws IOException {
        blobs.putInto(store, descriptor);
        return store.get(descriptor.digest());
    }
}
