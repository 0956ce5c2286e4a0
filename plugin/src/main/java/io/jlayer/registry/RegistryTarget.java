// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageDocuments.Document;
import io.jlayer.image.ImageTarget;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A repository of a registry to push to. Blobs go first, then manifests under their digests, then tags, so that a push that
 * is cut off leaves nothing that has a name; the next one goes on from there.
 */
public final class RegistryTarget implements ImageTarget {

    private final RegistryClient client;
    private final ImageRef ref;
    private final List<String> tags;
    private Optional<PushReport> report = Optional.empty();

    RegistryTarget(RegistryClient client, ImageRef ref, List<String> tags) {
        if (ref.digest().isPresent()) {
            throw new IllegalArgumentException("'" + ref + "' has a digest, which nobody can choose for a push");
        }
        Set<String> all = new LinkedHashSet<>(ref.tag().map(List::of).orElse(List.of()));
        all.addAll(tags);
        this.client = client;
        this.ref = ref;
        this.tags = all.isEmpty() ? List.of(ref.reference()) : List.copyOf(all);
    }

    /** Where it goes. */
    public ImageRef image() {
        return ref;
    }

    /** What the last {@link #write} did. */
    public synchronized Optional<PushReport> report() {
        return report;
    }

    @Override
    public synchronized void write(ImageDocuments image) throws IOException {
        int requests = client.requests();
        long sent = client.sent();
        report = Optional.empty();
        try {
            SortedMap<Digest, Outcome> blobs = push(image);
            report = Optional.of(new PushReport(
                    new ImageRef(
                            ref.registry(),
                            ref.repository(),
                            Optional.empty(),
                            Optional.of(image.root().digest())),
                    tags,
                    blobs,
                    client.sent() - sent,
                    client.requests() - requests));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            client.retries().summarize("push " + ref);
        }
    }

    private IOException failed(IOException e) {
        String message = "push " + ref + ": " + e.getMessage();
        if (e instanceof InterruptedIOException) {
            return e;
        }
        return e instanceof RegistryException refusal ? refusal.saying(message) : new IOException(message, e);
    }

    private SortedMap<Digest, Outcome> push(ImageDocuments image) throws IOException {
        Map<Descriptor, Blob> blobs = blobs(image);
        List<Digest> digests = blobs.keySet().stream().map(Descriptor::digest).toList();
        Repository repository =
                client.pushTo(ref, client.origins().repositories(ref.registry(), digests, ref.repository()));
        Digest root = image.root().digest();
        Optional<Descriptor> before = repository.head(tags.get(0));
        boolean named = before.isPresent() && before.get().digest().equals(root);
        SortedMap<Digest, Outcome> outcomes = new TreeMap<>();
        if (named || repository.head(root.toString()).isPresent()) {
            // A registry has no manifest without all that it names.
            digests.forEach(digest -> outcomes.put(digest, Outcome.PRESENT));
        } else {
            Set<Digest> known =
                    before.isPresent() ? PreviousImage.blobs(repository, before.get(), client.events()) : Set.of();
            outcomes.putAll(pushContent(repository, image, blobs, known));
        }
        digests.forEach(digest -> client.origins().add(ref.registry(), ref.repository(), digest));
        putTags(repository, image, named);
        return outcomes;
    }

    private static Map<Descriptor, Blob> blobs(ImageDocuments image) {
        Map<Descriptor, Blob> blobs = new LinkedHashMap<>();
        image.layers().forEach((descriptor, layer) -> blobs.put(descriptor, layer.blob()));
        image.documents().stream()
                .filter(document -> !isManifest(document))
                .forEach(document -> blobs.put(document.descriptor(), document.blob()));
        return blobs;
    }

    private static boolean isManifest(Document document) {
        return document.descriptor().mediaType().isManifest()
                || document.descriptor().mediaType().isIndex();
    }

    private SortedMap<Digest, Outcome> pushContent(
            Repository repository, ImageDocuments image, Map<Descriptor, Blob> blobs, Set<Digest> known)
            throws IOException {
        SortedMap<Digest, Outcome> outcomes = pushBlobs(repository, blobs, known);
        try {
            putManifests(repository, image);
        } catch (RegistryException e) {
            if (known.isEmpty() || (e.status() != 400 && e.status() != 404)) {
                throw e;
            }
            // The registry lost what its own manifest names; then each blob has to be asked for after all.
            client.events().debug(e.getMessage());
            outcomes = pushBlobs(repository, blobs, Set.of());
            putManifests(repository, image);
        }
        return outcomes;
    }

    private SortedMap<Digest, Outcome> pushBlobs(Repository repository, Map<Descriptor, Blob> blobs, Set<Digest> known)
            throws IOException {
        BlobPush push = new BlobPush(repository, client.origins(), client.events());
        SortedMap<Digest, Outcome> outcomes = new ConcurrentSkipListMap<>();
        List<Descriptor> unknown = new ArrayList<>();
        for (Descriptor descriptor : blobs.keySet()) {
            if (known.contains(descriptor.digest())) {
                outcomes.put(descriptor.digest(), Outcome.PRESENT);
            } else {
                unknown.add(descriptor);
            }
        }
        SideBySide.run(
                unknown,
                client.settings().parallelism(),
                descriptor -> outcomes.put(descriptor.digest(), push.push(descriptor, blobs.get(descriptor))));
        return outcomes;
    }

    private static void putManifests(Repository repository, ImageDocuments image) throws IOException {
        RepositoryWriter writer = new RepositoryWriter(repository);
        for (Document document : image.documents()) {
            if (isManifest(document)) {
                writer.putManifest(document.descriptor().digest().toString(), document.descriptor(), document.blob());
            }
        }
    }

    private void putTags(Repository repository, ImageDocuments image, boolean firstIsNamed) throws IOException {
        RepositoryWriter writer = new RepositoryWriter(repository);
        Digest root = image.root().digest();
        Document document = image.documents().stream()
                .filter(candidate -> candidate.descriptor().digest().equals(root))
                .findFirst()
                .orElseThrow();
        for (String tag : tags.subList(firstIsNamed ? 1 : 0, tags.size())) {
            boolean named = !tag.equals(tags.get(0))
                    && repository.head(tag).filter(d -> d.digest().equals(root)).isPresent();
            if (!named) {
                writer.putManifest(tag, document.descriptor(), document.blob());
            }
        }
    }
}
