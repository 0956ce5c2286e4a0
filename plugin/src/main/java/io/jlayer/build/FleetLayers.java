// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Blob;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerContent;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.PackedSample;
import io.jlayer.oci.Digest;
import io.jlayer.registry.RegistryCache;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Layers that other machines of the fleet packed. What a layer holds is always found out here, from the files: another
 * machine only saves packing and sending, and it counts only if it packs as this one does. Safe for many threads.
 */
final class FleetLayers {

    /** Puts are short and mostly wait. */
    private static final int PARALLELISM = 4;

    private final RegistryCache cache;
    private final Store store;
    private final Digest packing;
    private final boolean fetch;
    private final Records shared;
    private final Consumer<String> warnings;

    /**
     * A view of the fleet's cache.
     *
     * @param fetch whether layers are wanted here at once, and not only where the image is pushed to
     */
    FleetLayers(RegistryCache cache, Store store, Compression compression, boolean fetch, Consumer<String> warnings)
            throws IOException {
        this.cache = cache;
        this.store = store;
        this.packing = PackedSample.of(compression);
        this.fetch = fetch;
        this.shared = store.records("shared-v1");
        this.warnings = warnings;
    }

    /** The layer of this recipe, if a machine that packs like this one left it. */
    Optional<Layer> find(Digest recipe, LayerSpec spec, LayerWriter writer) throws IOException {
        Blob local = () -> writer.write(spec).blob().open();
        Optional<Layer> found = cache.find(name(recipe), store.blobs(), local);
        if (found.isEmpty()) {
            return found;
        }
        Layer layer = found.get();
        LayerContent content = LayerContent.of(spec);
        if (!layer.diffId().equals(content.diffId()) || !layer.tarSize().equals(OptionalLong.of(content.tarSize()))) {
            warnings.accept("the layer cache " + cache + " has another layer than '" + spec.name()
                    + "' under its name, sealed with the right key; it is made here");
            return Optional.empty();
        }
        note(recipe);
        if (fetch) {
            layer.blob().open().close();
        }
        return found;
    }

    /** Lets the fleet have the layers that it is not known to have, and says how many it got. */
    int share(List<LayerFactory.Made> layers) throws IOException {
        return (int) Parallel.map(layers, this::share, PARALLELISM).stream()
                .filter(got -> got)
                .count();
    }

    private boolean share(LayerFactory.Made made) throws IOException {
        if (made.state() == LayerFactory.State.SHARED || isNoted(made.recipe())) {
            return false;
        }
        boolean got = cache.put(name(made.recipe()), made.layer());
        if (got) {
            note(made.recipe());
        }
        return got;
    }

    private boolean isNoted(Digest recipe) throws IOException {
        return shared.read(question(recipe)).isPresent();
    }

    /** Remembers that the cache has the layer, so that it is not asked for in each build. */
    private void note(Digest recipe) throws IOException {
        shared.write(question(recipe), cache.toString().getBytes(UTF_8));
    }

    private Digest question(Digest recipe) {
        return Store.key(cache.toString(), name(recipe).toString());
    }

    /** The recipe, and how it was packed: what differs in either has another name. */
    private Digest name(Digest recipe) {
        return Store.key(recipe.toString(), packing.toString());
    }
}
