// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Records;
import io.jlayer.oci.Digest;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.util.Optional;

/**
 * Remembers which layer came of which inputs, so that equal inputs need not be packed again. A layer is found only while
 * its blob is in the store and sound.
 */
public final class LayerRecords {

    /** Raised whenever the bytes that {@link LayerWriter} gives for equal specs change. */
    public static final String KIND = "layers-v2";

    private final Records records;
    private final BlobStore store;

    public LayerRecords(Records records, BlobStore store) {
        this.records = records;
        this.store = store;
    }

    /** The layer that came of this recipe before, if it is still here. */
    public Optional<Layer> find(Digest recipe) throws IOException {
        Optional<byte[]> record = records.read(recipe);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        Layer layer = Layer.fromJson(OciJson.parse(record.get()), store);
        return store.contains(layer.descriptor().digest()) ? Optional.of(layer) : Optional.empty();
    }

    /** Remembers what came of a recipe. */
    public void remember(Digest recipe, Layer layer) throws IOException {
        records.write(recipe, layer.toJson().toString().getBytes(UTF_8));
    }
}
