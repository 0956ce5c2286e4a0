// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layer.LayerWriter;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.util.Optional;

/**
 * Layers as jlayer packs the tars that others made; equal tars give equal layers, and each is packed once.
 *
 * @param store remembers which layer came of which tar
 * @param writer packs
 * @param blobs where the layers are
 */
record PackedTars(Store store, LayerWriter writer, BlobStore blobs) {

    /**
     * The layer of a tar, which is not read if the layer is here.
     *
     * @param content the tar, plain or packed in some way
     * @throws io.jlayer.blob.DamagedBlobException if it is not what {@code diffId} names
     */
    Layer layer(Blob content, DiffId diffId) throws IOException {
        LayerRecords records = new LayerRecords(store.records(LayerRecords.RECORDS), blobs);
        Digest recipe = Store.key("packed tar", diffId.toString(), Compression.GZIP.toString());
        Optional<Layer> known = records.find(recipe);
        if (known.isPresent()) {
            return known.get();
        }
        Layer packed = writer.pack(() -> Decompression.open(content.open()), diffId);
        records.remember(recipe, packed);
        return packed;
    }
}
