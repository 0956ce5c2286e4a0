// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.RefusalException;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageDocuments.Document;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A repository of a registry to push to. Blobs go first, as soon as they are known, then manifests under their digests, then
 * tags, so that a push that is cut off leaves nothing that has a name; the next one goes on from there.
 */
public final class RegistryTarget implements ImageTarget {

    private final RegistryClient client;
    private final ImageRef ref;
    private final List<String> tags;
    private volatile Optional<PushReport> report = Optional.empty();
    private Optional<Push> push = Optional.empty();
    private Begin begin = new Begin(0, 0);

    /** What the client had done before. */
    private record Begin(int requests, long sent) {}

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
    public Optional<PushReport> report() {
        return report;
    }

    /**
     * Begins to talk to the registry, beside other work; what fails is told by {@link #expect} and {@link #write}.
     *
     * @param base where layers may be taken from, if the image is based on one in a registry
     */
    public void begin(Optional<ImageRef> base) {
        if (client.isFirstTo(ref.registry(), this)) {
            push().begin(base);
        }
    }

    @Override
    public void expect(Layer layer, boolean isNew) throws IOException {
        if (!client.isFirstTo(ref.registry(), this)) {
            return; // it takes from the first one's repository what is there by then
        }
        try {
            push().expect(layer, isNew);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private synchronized Push push() {
        if (push.isEmpty()) {
            begin = new Begin(client.requests(), client.sent());
            push = Optional.of(new Push(client, ref, tags.get(0)));
        }
        return push.get();
    }

    @Override
    public void write(ImageDocuments image) throws IOException {
        report = Optional.empty();
        try (Push push = push()) {
            SortedMap<Digest, Outcome> blobs = push.finish(image);
            blobs.keySet().forEach(digest -> client.origins().add(ref.registry(), ref.repository(), digest));
            putTags(push, image);
            ImageRef pushed = new ImageRef(
                    ref.registry(),
                    ref.repository(),
                    Optional.empty(),
                    Optional.of(image.root().digest()));
            report = Optional.of(new PushReport(
                    pushed, tags, blobs, client.sent() - begin.sent(), client.requests() - begin.requests()));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            end();
        }
    }

    /** Lets go of what was begun and is not to be ended. */
    void abandon() {
        Optional<Push> begun;
        synchronized (this) {
            begun = push;
            push = Optional.empty();
        }
        begun.ifPresent(Push::close);
    }

    private synchronized void end() {
        push = Optional.empty();
        client.retries().summarize("push " + ref);
    }

    private IOException failed(IOException e) {
        String message = "push " + ref + ": " + e.getMessage();
        if (e instanceof InterruptedIOException) {
            return e;
        }
        return e instanceof RefusalException refusal ? refusal.saying(message) : new IOException(message, e);
    }

    private void putTags(Push push, ImageDocuments image) throws IOException {
        Repository repository = push.repository();
        RepositoryWriter writer = new RepositoryWriter(repository);
        Digest root = image.root().digest();
        Document document = image.documents().stream()
                .filter(candidate -> candidate.descriptor().digest().equals(root))
                .findFirst()
                .orElseThrow();
        for (String tag : tags) {
            if (!push.names(tag, root)) {
                writer.putManifest(tag, document.descriptor(), document.blob());
            }
        }
    }
}
