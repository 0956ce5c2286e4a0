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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes layers, or finds them where equal ones were made before: here, or by another machine of the fleet. Safe for many threads; within one build, a layer that
 * several platforms share is made once.
 */
final class LayerFactory {

    private final Compression compression;
    private final LayerRecords records;
    private final LayerWriter writer;
    private final Optional<FleetLayers> fleet;
    private final Map<Digest, Made> made = new ConcurrentHashMap<>();

    /** How a layer came to be here; the names are {@code image.json}'s. */
    enum State {
        /** Packed in this run. */
        BUILT,
        /** Packed here in an earlier run. */
        REUSED,
        /** Packed by another machine. */
        SHARED;

        String lowerCase() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A layer that is there now.
     *
     * @param recipe what it was made of
     * @param layer the layer itself
     * @param state how it came
     * @param digesting how long it took to know the recipe
     * @param making how long it took to find the layer or to pack it
     */
    record Made(Digest recipe, Layer layer, State state, Duration digesting, Duration making) {

        Made(Digest recipe, Layer layer, State state) {
            this(recipe, layer, state, Duration.ZERO, Duration.ZERO);
        }

        /** The same, made between these two times of {@link System#nanoTime} and now. */
        Made timed(long start, long known) {
            Duration making = Duration.ofNanos(System.nanoTime() - known);
            return new Made(recipe, layer, state, Duration.ofNanos(known - start), making);
        }
    }

    LayerFactory(Store store, Compression compression, Workers workers, Optional<FleetLayers> fleet) {
        this.compression = compression;
        this.records = new LayerRecords(store.records(LayerRecords.RECORDS), store.blobs());
        this.writer = new LayerWriter(store, compression, workers);
        this.fleet = fleet;
    }

    Made make(LayerSpec spec) throws IOException {
        long start = System.nanoTime();
        Digest recipe = LayerRecipe.of(spec, compression);
        long known = System.nanoTime();
        Made earlier = made.get(recipe);
        if (earlier != null) {
            return earlier.timed(start, known);
        }
        Made result = findOrMake(recipe, spec);
        if (result.state() != State.REUSED) {
            records.remember(recipe, result.layer());
        }
        made.put(recipe, result);
        return result.timed(start, known);
    }

    private Made findOrMake(Digest recipe, LayerSpec spec) throws IOException {
        Optional<Layer> here = records.find(recipe);
        if (here.isPresent()) {
            return new Made(recipe, here.get(), State.REUSED);
        }
        if (fleet.isPresent()) {
            Optional<Layer> elsewhere = fleet.get().find(recipe, spec, writer);
            if (elsewhere.isPresent()) {
                return new Made(recipe, elsewhere.get(), State.SHARED);
            }
        }
        return new Made(recipe, writer.write(spec), State.BUILT);
    }

    /** Lets the fleet have what is here, and says how many layers it got. */
    int share() throws IOException {
        return fleet.isPresent() ? fleet.get().share(List.copyOf(made.values())) : 0;
    }
}
