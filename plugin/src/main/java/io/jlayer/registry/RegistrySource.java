// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.http.OfflineException;
import io.jlayer.http.RefusalException;
import io.jlayer.image.Image;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageSource;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An image in a registry. What a tag names is found out once a run and remembered, so that it is known offline too; what
 * is pinned by digest needs no network once manifest and config are in the store. Layers are fetched when they are opened.
 */
public final class RegistrySource implements ImageSource {

    private final RegistryClient client;
    private final ImageRef ref;
    private final Records resolutions;
    private final Consumer<String> warnings;
    private final PullRoute route;
    private Optional<Resolution> resolution = Optional.empty();

    RegistrySource(RegistryClient client, ImageRef ref, Records resolutions, Consumer<String> warnings) {
        this.client = client;
        this.ref = ref;
        this.route = client.route(ref);
        this.resolutions = resolutions;
        this.warnings = warnings;
    }

    @Override
    public Image load(Platform platform, BlobStore store) throws IOException {
        try (RawImage raw = open(store)) {
            Image image = new ImageLoader(raw.blobs(), store).load(raw.root(), platform);
            for (Layer layer : image.lowestFirst()) {
                client.origins()
                        .add(
                                ref.registry(),
                                ref.repository(),
                                layer.descriptor().digest());
            }
            return image;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            client.retries().summarize("pull " + ref);
        }
    }

    private IOException failed(IOException e) {
        String message = "pull " + ref + ": " + e.getMessage();
        if (e instanceof InterruptedIOException) {
            return e;
        }
        return e instanceof RefusalException refusal ? refusal.saying(message) : new IOException(message, e);
    }

    /** The image as it lies in the registry, with all that it points to; small documents are kept in {@code store}. */
    public RawImage open(BlobStore store) throws IOException {
        Descriptor root = resolve(store).root();
        if (!root.mediaType().isIndex() && !root.mediaType().isManifest()) {
            throw new IOException("it is of type '" + root.mediaType() + "', which is no image");
        }
        BlobSource blobs = new RegistryBlobs(route, store);
        return new RawImage() {
            @Override
            public Descriptor root() {
                return root;
            }

            @Override
            public BlobSource blobs() {
                return blobs;
            }

            @Override
            public void close() {
                // Connections are the client's.
            }
        };
    }

    /** What the reference names, found out at the first call. */
    public synchronized Resolution resolve(BlobStore store) throws IOException {
        if (resolution.isEmpty()) {
            resolution =
                    Optional.of(ref.digest().isPresent() ? pinned(ref.digest().get(), store) : tagged());
        }
        return resolution.get();
    }

    private Resolution pinned(Digest digest, BlobStore store) throws IOException {
        FetchedManifest manifest;
        if (store.contains(digest)) {
            try {
                manifest = FetchedManifest.of(document(store, digest), Optional.empty(), digest);
            } catch (IllegalArgumentException e) {
                throw new IOException("read " + digest + ": " + e.getMessage(), e);
            }
        } else {
            manifest = route.manifest(digest.toString()).orElseThrow(this::missing);
            store.put(manifest.descriptor(), Blob.of(manifest.bytes()));
        }
        return new Resolution(manifest.descriptor(), client.pace().clock().instant());
    }

    /** What is pinned may be anything that is in the store, as a layer: it is not read before it is known to be small. */
    private static byte[] document(BlobStore store, Digest digest) throws IOException {
        byte[] bytes;
        try (InputStream in = store.get(digest).open()) {
            bytes = in.readNBytes(OciJson.MAX_DOCUMENT_BYTES + 1);
        }
        if (bytes.length > OciJson.MAX_DOCUMENT_BYTES) {
            throw new IOException("read " + digest + ": it is no image, but something larger than the "
                    + OciJson.MAX_DOCUMENT_BYTES + " bytes that a manifest may have");
        }
        return bytes;
    }

    private Resolution tagged() throws IOException {
        Digest key = Store.key("tag", ref.registry(), ref.repository(), ref.reference());
        if (client.settings().http().offline()) {
            return resolutions
                    .read(key)
                    .flatMap(Resolution::parse)
                    .orElseThrow(() -> new OfflineException("offline, and never resolved before"));
        }
        Descriptor root = route.head(ref.reference()).orElseThrow(this::missing);
        Resolution found = new Resolution(root, client.pace().clock().instant());
        resolutions.write(key, found.toBytes());
        warnings.accept(ref + " may name another image tomorrow; pin it: " + ref.withDigest(root.digest()));
        return found;
    }

    private IOException missing() {
        return new RefusalException(
                "there is no such image in " + ref.registry() + "/" + ref.repository(),
                404,
                List.of("MANIFEST_UNKNOWN"),
                Optional.empty());
    }
}
