// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A repository in which a fleet of machines keeps the layers that they made, by what they were made of, so that one that
 * has never built anything need neither pack nor send what another made.
 *
 * <p>An entry counts only if it is sealed with the fleet's key, for just this recipe and this version of the layer writer.
 * Who has the key wrote down what the writer gave, and the writer gives equal bytes for equal recipes; so what is taken
 * from here is what would be made here. Without the key nothing can be put in that is believed, whoever may write to the
 * repository. Bytes are checked against the entry's digest when they come.
 *
 * <p>Nothing here fails a build: the first failure turns the cache off for the rest of the run.
 */
public final class RegistryCache {

    private final RegistryClient client;
    private final ImageRef ref;
    private final String key;
    private final Consumer<String> warnings;
    private final PullRoute route;
    private final AtomicBoolean off = new AtomicBoolean();

    RegistryCache(RegistryClient client, ImageRef ref, String key, Consumer<String> warnings) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException(
                    "a cache of layers needs a key: else anybody could say what is in a layer");
        }
        this.client = client;
        this.ref = ref;
        this.key = key;
        this.warnings = warnings;
        this.route = client.cacheRoute(ref);
    }

    /**
     * The layer that some machine made of this recipe. Its bytes are fetched, into {@code store}, only when they are
     * opened; pushed to the same registry they need not come here at all.
     *
     * @param local makes the layer here, should it turn out that it cannot be had
     */
    public Optional<Layer> find(Digest recipe, BlobStore store, Blob local) throws InterruptedIOException {
        if (off.get()) {
            return Optional.empty();
        }
        try {
            Optional<CacheEntry> entry =
                    route.manifest(CacheEntry.tag(recipe)).flatMap(manifest -> CacheEntry.parse(manifest, recipe, key));
            return entry.map(found -> layer(found, store, local));
        } catch (IOException e) {
            turnOff(e);
            return Optional.empty();
        }
    }

    private Layer layer(CacheEntry entry, BlobStore store, Blob local) {
        Descriptor descriptor = entry.descriptor();
        client.origins().add(ref.registry(), ref.repository(), descriptor.digest());
        BlobSource blobs = new RegistryBlobs(route, store);
        Blob blob = () -> opened(descriptor, blobs, store, local);
        return new Layer(entry.diffId(), descriptor, blob, entry.tarSize());
    }

    private InputStream opened(Descriptor descriptor, BlobSource blobs, BlobStore store, Blob local)
            throws IOException {
        try {
            store.put(descriptor, blobs.get(descriptor.digest()));
            return store.get(descriptor.digest()).open();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            client.events().debug("layer cache: " + e.getMessage());
            return local.open();
        }
    }

    /** Lets the other machines have a layer that was made here; whether they have it now. */
    public boolean put(Digest recipe, Layer layer) throws InterruptedIOException {
        if (off.get()) {
            return false;
        }
        CacheEntry entry = new CacheEntry(recipe, layer.descriptor(), layer.diffId(), layer.tarSize());
        try {
            Repository repository = client.cacheTo(
                    ref,
                    client.origins()
                            .repositories(
                                    ref.registry(), List.of(layer.descriptor().digest()), ref.repository()));
            BlobPush push = new BlobPush(repository, client);
            push.push(layer.descriptor(), layer.blob());
            push.push(CacheEntry.noConfig(), Blob.of(CacheEntry.NO_CONFIG));
            client.origins()
                    .add(ref.registry(), ref.repository(), layer.descriptor().digest());
            Manifest manifest = entry.toManifest(key);
            byte[] bytes = manifest.toBytes();
            new RepositoryWriter(repository)
                    .putManifest(CacheEntry.tag(recipe), Descriptor.of(manifest.mediaType(), bytes), Blob.of(bytes));
            return true;
        } catch (IOException e) {
            turnOff(e);
            return false;
        }
    }

    private void turnOff(IOException e) throws InterruptedIOException {
        if (e instanceof InterruptedIOException interrupted) {
            throw interrupted;
        }
        if (!off.getAndSet(true)) {
            warnings.accept("the layer cache " + this + " is not used: " + e.getMessage());
        }
    }

    /** Where it is. */
    @Override
    public String toString() {
        return ref.registry() + "/" + ref.repository();
    }
}
