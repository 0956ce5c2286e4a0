// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a {@link Layer} from a {@link LayerSpec}, in one pass over the files: tar, diffID, packing, digest and size at
 * once, straight into the store.
 *
 * <p>Memory is bounded whatever the layer's size. Safe for many threads, each writing a layer. A failure leaves nothing
 * in the store.
 */
public final class LayerWriter {

    private final BlobStore store;
    private final Compression compression;
    private final Workers workers;
    private final Optional<Store> memory;

    /** Writes to {@code store} every layer as if it were the first. */
    public LayerWriter(BlobStore store, Compression compression, Workers workers) {
        this(store, compression, workers, Optional.empty());
    }

    /** Writes to {@code store}, and takes from it what is equal in the layer that was made of the same directory before. */
    public LayerWriter(Store store, Compression compression, Workers workers) {
        this(store.blobs(), compression, workers, Optional.of(store));
    }

    private LayerWriter(BlobStore store, Compression compression, Workers workers, Optional<Store> memory) {
        this.memory = memory;
        this.store = store;
        this.compression = compression;
        this.workers = workers;
    }

    /**
     * Writes the layer.
     *
     * @throws IOException if a file cannot be read, changed while it was read, or cannot be stored
     */
    public Layer write(LayerSpec spec) throws IOException {
        try {
            if (memory.isEmpty()) {
                return write(spec, Optional.empty());
            }
            try (PackedBlocks earlier = PackedBlocks.open(memory.get(), spec)) {
                return write(spec, Optional.of(earlier));
            }
        } catch (IOException e) {
            throw new IOException("write layer '" + spec.name() + "': " + e.getMessage(), e);
        }
    }

    private Layer write(LayerSpec spec, Optional<PackedBlocks> earlier) throws IOException {
        try (LayerDraft draft = new LayerDraft(store, compression, workers, earlier)) {
            draft.write(spec);
            return draft.commit();
        }
    }

    /**
     * Packs a tar that is there already, byte by byte.
     *
     * @throws io.jlayer.blob.DamagedBlobException if it is not what {@code expected} names
     */
    public Layer pack(Blob tar, DiffId expected) throws IOException {
        try (BlobDraft draft = store.draft();
                InputStream in = new VerifyingInputStream(tar.open(), expected.digest())) {
            long size;
            try (LayerOutput packing = compression.open(draft, workers)) {
                size = in.transferTo(packing);
            }
            Descriptor descriptor = draft.commit(compression.mediaType());
            return new Layer(
                    expected, descriptor, () -> store.get(descriptor.digest()).open(), OptionalLong.of(size));
        }
    }
}
