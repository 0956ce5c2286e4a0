// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.BlobStore;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.tar.TarWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A layer that is being written, entry by entry, in the order in which they come; for what is streamed and cannot be
 * planned as a {@link LayerSpec} first. Becomes visible by {@link #commit}; closed without one, it is gone. For one
 * thread.
 */
public final class LayerDraft implements AutoCloseable {

    private final Compression compression;
    private final BlobStore store;
    private final BlobDraft blob;
    private final LayerOutput packing;
    private final HashingOutput hashing;
    private final TarWriter tar;
    private final Optional<PackedBlocks> earlier;

    public LayerDraft(BlobStore store, Compression compression, Workers workers) throws IOException {
        this(store, compression, workers, Optional.empty());
    }

    LayerDraft(BlobStore store, Compression compression, Workers workers, Optional<PackedBlocks> earlier)
            throws IOException {
        this.earlier = earlier;
        this.store = store;
        this.compression = compression;
        this.blob = store.draft();
        this.packing = compression.open(blob, workers, earlier);
        this.hashing = new HashingOutput(packing);
        this.tar = new TarWriter(hashing);
    }

    /** Where the entries and their bytes go. Must not be closed. */
    public TarWriter tar() {
        return tar;
    }

    /** Writes all entries of a spec, with their bytes. */
    void write(LayerSpec spec) throws IOException {
        EntryWriter writer = new EntryWriter(tar, packing);
        for (FileEntry entry : spec.entries()) {
            writer.write(entry);
        }
    }

    /** Ends the layer and stores it; to be called once. */
    public Layer commit() throws IOException {
        tar.close();
        packing.close();
        Descriptor descriptor = blob.commit(compression.mediaType());
        if (earlier.isPresent()) {
            earlier.get().save(descriptor.digest());
        }
        DiffId diffId = new DiffId(hashing.digest());
        return new Layer(
                diffId, descriptor, () -> store.get(descriptor.digest()).open(), OptionalLong.of(hashing.size()));
    }

    @Override
    public void close() throws IOException {
        try (blob) {
            packing.close();
        }
    }
}
