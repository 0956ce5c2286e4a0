// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerRecipe;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The layer that a Java runtime stands on. It is remembered for as long as the host's files that it is made of look the
 * same, and told apart by their content when they do not.
 */
final class SystemLayer {

    private static final String KIND = "jdk-systems-v1";

    private final Path root;
    private final Store store;
    private final Compression compression;
    private final LayerRecords layers;
    private final Records records;

    /** {@code root} is where the host's file system begins. */
    SystemLayer(Path root, Store store, Compression compression) {
        this.root = root;
        this.store = store;
        this.compression = compression;
        this.layers = new LayerRecords(store.records(LayerRecords.KIND), store.blobs());
        this.records = store.records(KIND);
    }

    Layer of(RuntimeNeeds needs) throws IOException {
        Digest key = Store.key(
                root.toString(),
                compression.algorithm().name() + compression.level(),
                needs.toJson().toString());
        Optional<Layer> known = remembered(key);
        return known.isPresent() ? known.get() : made(key, needs);
    }

    private Optional<Layer> remembered(Digest key) throws IOException {
        Optional<byte[]> record = records.read(key);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        JsonObject json = OciJson.parse(record.get());
        return FileStates.fromJson(json).hold()
                ? layers.find(Digest.parse(json.requiredText("recipe")))
                : Optional.empty();
    }

    private Layer made(Digest key, RuntimeNeeds needs) throws IOException {
        SystemContent content = SystemContent.collect(root, needs);
        FileStates states = FileStates.of(content.inputs());
        LayerSpec spec = new LayerSpec("system", content.entries());
        Digest recipe = LayerRecipe.of(spec, compression);
        Optional<Layer> found = layers.find(recipe);
        Layer layer = found.isPresent() ? found.get() : write(spec);
        if (!states.hold()) {
            throw new IOException("read the libraries of this machine: they changed while they were being read");
        }
        layers.remember(recipe, layer);
        if (states.settledAt(Instant.now())) {
            JsonObject json = states.toJson().with("recipe", recipe.toString());
            records.write(key, json.toString().getBytes(UTF_8));
        }
        return layer;
    }

    private Layer write(LayerSpec spec) throws IOException {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return new LayerWriter(store.blobs(), compression, workers).write(spec);
        }
    }
}
