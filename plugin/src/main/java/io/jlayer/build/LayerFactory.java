// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerRecipe;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes layers, or finds them where equal ones were made before. Safe for many threads; within one build, a layer that
 * several platforms share is made once.
 */
final class LayerFactory {

    private final Compression compression;
    private final LayerRecords records;
    private final LayerWriter writer;
    private final Map<Digest, Made> made = new ConcurrentHashMap<>();

    /**
     * A layer, and whether it had to be made.
     *
     * @param layer what there is now
     * @param reused whether it was there before
     */
    record Made(Layer layer, boolean reused) {}

    LayerFactory(Store store, Compression compression, Workers workers) {
        this.compression = compression;
        this.records = new LayerRecords(store.records(LayerRecords.KIND), store.blobs());
        this.writer = new LayerWriter(store.blobs(), compression, workers);
    }

    Made make(LayerSpec spec) throws IOException {
        Digest recipe = LayerRecipe.of(spec, compression);
        Made earlier = made.get(recipe);
        if (earlier != null) {
            return earlier;
        }
        Optional<Layer> found = records.find(recipe);
        Made result = new Made(found.isPresent() ? found.get() : writer.write(spec), found.isPresent());
        if (found.isEmpty()) {
            records.remember(recipe, result.layer());
        }
        made.put(recipe, result);
        return result;
    }
}
