// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.Traffic;
import io.jlayer.http.RefusalException;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageDocuments.Document;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One push that is under way. Blobs go as soon as they are known, some at a time, while the caller makes others; what names
 * them goes when all are there. Safe for many threads.
 *
 * <p>As long as no layer is known to be new, nothing is sent and no blob is asked for: the registry may have the image as a
 * whole, and one request tells.
 */
final class Push implements Closeable {

    /** For what takes part in a registry to tell each other. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final RegistryClient client;
    private final ImageRef ref;
    private final SideBySide sides;
    private final SortedMap<Digest, Outcome> outcomes = new TreeMap<>();
    private final Set<Digest> begun = new HashSet<>();
    private final List<Layer> waiting = new ArrayList<>();
    private final NavigableSet<String> neighbours = new TreeSet<>();
    private final String tag;
    private boolean looks;
    private boolean somethingIsNew;
    private Optional<Repository> repository = Optional.empty();
    private Optional<PreviousImage> previous = Optional.empty();

    /**
     * A push of which nothing happened yet.
     *
     * @param tag is believed to name the image's previous release
     */
    Push(RegistryClient client, ImageRef ref, String tag) {
        this.client = client;
        this.ref = ref;
        this.tag = tag;
        this.sides = new SideBySide(client.settings().parallelism());
    }

    /** Begins to look what the tag names, and with that to prove who asks; nobody waits for it. */
    synchronized void begin(Optional<ImageRef> base) {
        base.filter(image -> image.registry().equals(ref.registry()))
                .map(ImageRef::repository)
                .filter(name -> !name.equals(ref.repository()))
                .ifPresent(name -> know(Set.of(name)));
        looks = true;
        sides.begin(() -> previous().root());
    }

    /** As in {@link io.jlayer.image.ImageTarget#expect}. */
    synchronized void expect(Layer layer, boolean isNew) throws IOException {
        sides.check();
        if (!looks) {
            begin(Optional.empty());
        }
        waiting.add(layer);
        somethingIsNew |= isNew;
        if (somethingIsNew) {
            waiting.forEach(known -> begin(known.descriptor(), known.blob()));
            waiting.clear();
        }
    }

    /** Sends what is missing: blobs, then manifests under their digests. Says what became of each blob. */
    SortedMap<Digest, Outcome> finish(ImageDocuments image) throws IOException {
        List<Digest> digests = digests(image);
        know(client.origins().repositories(ref.registry(), digests, ref.repository()));
        Digest root = image.root().digest();
        boolean there = previous().is(root) || (!isNew() && names(root.toString(), root));
        if (there) {
            // A registry has no manifest without all that it names.
            sides.await();
            return outcomes(digests);
        }
        sendBlobs(image);
        try {
            putManifests(image);
        } catch (RefusalException e) {
            boolean mayMiss = e.codes().contains("MANIFEST_BLOB_UNKNOWN")
                    || e.codes().contains("BLOB_UNKNOWN")
                    || !previous().blobs().isEmpty();
            if (!mayMiss || (e.status() != 400 && e.status() != 404)) {
                throw e;
            }
            // The registry lost what its own manifest names, or one of its nodes does not know yet what another took:
            // each blob has to be asked for after all.
            client.events().debug(e.getMessage());
            client.pace().sleeper().sleep(SETTLING);
            previous().disbelieve();
            forgetBegun();
            sendBlobs(image);
            putManifests(image);
        }
        return outcomes(digests);
    }

    /** Whether a tag or digest named the image before. */
    boolean names(String reference, Digest root) throws IOException {
        PreviousImage named =
                reference.equals(tag) ? previous() : new PreviousImage(repository(), reference, client.events());
        return named.is(root);
    }

    private static List<Digest> digests(ImageDocuments image) {
        List<Digest> digests = new ArrayList<>();
        image.layers().keySet().forEach(layer -> digests.add(layer.digest()));
        for (Document document : image.documents()) {
            if (!isManifest(document)) {
                digests.add(document.descriptor().digest());
            }
        }
        return digests;
    }

    private void sendBlobs(ImageDocuments image) throws IOException {
        image.layers().forEach((descriptor, layer) -> begin(descriptor, layer.blob()));
        for (Document document : image.documents()) {
            if (!isManifest(document)) {
                begin(document.descriptor(), document.blob());
            }
        }
        sides.await();
    }

    private synchronized void begin(Descriptor descriptor, Blob blob) {
        Digest digest = descriptor.digest();
        if (begun.add(digest)) {
            client.traffic().expect(Traffic.Way.PUSH, descriptor.size());
            sides.begin(() -> ended(descriptor, push(descriptor, blob)));
        }
    }

    private Outcome push(Descriptor descriptor, Blob blob) throws IOException {
        if (previous().blobs().contains(descriptor.digest())) {
            return Outcome.PRESENT;
        }
        know(client.origins().repositories(ref.registry(), List.of(descriptor.digest()), ref.repository()));
        return new BlobPush(repository(), client).push(descriptor, blob);
    }

    /** What was sent was, though it is there when it is asked for again. */
    private synchronized void ended(Descriptor blob, Outcome outcome) {
        if (outcome != Outcome.SENT) {
            client.traffic().expect(Traffic.Way.PUSH, -blob.size());
        }
        outcomes.merge(blob.digest(), outcome, (before, now) -> now == Outcome.PRESENT ? before : now);
    }

    private synchronized SortedMap<Digest, Outcome> outcomes(List<Digest> digests) {
        SortedMap<Digest, Outcome> all = new TreeMap<>();
        digests.forEach(digest -> all.put(digest, outcomes.getOrDefault(digest, Outcome.PRESENT)));
        return Collections.unmodifiableSortedMap(all);
    }

    private synchronized void forgetBegun() {
        begun.clear();
    }

    private synchronized boolean isNew() {
        return somethingIsNew;
    }

    /** Notes from where blobs can be taken, which has to be known before the right to read there is asked for. */
    private synchronized void know(Set<String> others) {
        if (neighbours.addAll(others)) {
            repository = Optional.empty();
        }
    }

    /** The repository, with the right to read its neighbours. */
    synchronized Repository repository() throws IOException {
        if (repository.isEmpty()) {
            repository = Optional.of(client.pushTo(ref, neighbours));
        }
        return repository.get();
    }

    private synchronized PreviousImage previous() throws IOException {
        if (previous.isEmpty()) {
            waiting.forEach(layer -> know(client.origins()
                    .repositories(ref.registry(), List.of(layer.descriptor().digest()), ref.repository())));
            previous = Optional.of(new PreviousImage(repository(), tag, client.events()));
        }
        return previous.get();
    }

    private void putManifests(ImageDocuments image) throws IOException {
        RepositoryWriter writer = new RepositoryWriter(repository());
        for (Document document : image.documents()) {
            if (isManifest(document)) {
                writer.putManifest(document.descriptor().digest().toString(), document.descriptor(), document.blob());
            }
        }
    }

    private static boolean isManifest(Document document) {
        return document.descriptor().mediaType().isManifest()
                || document.descriptor().mediaType().isIndex();
    }

    /** Lets go of what is still on its way. */
    @Override
    public void close() {
        sides.close();
    }
}
