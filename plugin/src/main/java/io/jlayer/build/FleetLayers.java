// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Blob;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.image.Concurrently;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerContent;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.PackedSample;
import io.jlayer.oci.Digest;
import io.jlayer.registry.RegistryCache;
import java.io.IOException;
import java.util.Arrays;
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
    private final Records notes;
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
        this.notes = store.records("shared-v1");
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
        if (!isWhatIsMadeHere(layer, recipe, spec)) {
            warnings.accept("the layer cache " + cache + " has another layer than '" + spec.name()
                    + "' under its name, sealed with the right key; it is made here");
            return Optional.empty();
        }
        if (fetch) {
            layer.blob().open().close();
        }
        return found;
    }

    private boolean isWhatIsMadeHere(Layer layer, Digest recipe, LayerSpec spec) throws IOException {
        if (isNoted(recipe, layer)) {
            return true;
        }
        LayerContent content = LayerContent.of(spec);
        boolean same =
                layer.diffId().equals(content.diffId()) && layer.tarSize().equals(OptionalLong.of(content.tarSize()));
        if (same) {
            note(recipe, layer);
        }
        return same;
    }

    /** Lets the fleet have the layers that it is not known to have, and says how many it got. */
    int share(List<LayerFactory.Made> layers) throws IOException {
        return (int) Concurrently.call(layers, this::share, PARALLELISM).stream()
                .filter(got -> got)
                .count();
    }

    private boolean share(LayerFactory.Made made) throws IOException {
        if (isNoted(made.recipe(), made.layer())) {
            return false;
        }
        boolean got = cache.put(name(made.recipe()), made.layer());
        if (got) {
            note(made.recipe(), made.layer());
        }
        return got;
    }

    /** Whether the cache is known to have this layer for the recipe, and rightly so. */
    private boolean isNoted(Digest recipe, Layer layer) throws IOException {
        return notes.read(question(recipe))
                .filter(note -> Arrays.equals(note, text(layer)))
                .isPresent();
    }

    private void note(Digest recipe, Layer layer) throws IOException {
        notes.write(question(recipe), text(layer));
    }

    private Digest question(Digest recipe) {
        return Store.key(cache.toString(), name(recipe).toString());
    }

    private static byte[] text(Layer layer) {
        return (layer.descriptor().digest() + " " + layer.diffId() + " " + layer.tarSize()).getBytes(UTF_8);
    }

    /** The recipe, and how it was packed: what differs in either has another name. */
    Digest name(Digest recipe) {
        return Store.key(recipe.toString(), packing.toString());
    }
}
