// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileStates;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The layer that a Java runtime stands on. It is remembered for as long as the host's files that it is made of look the
 * same, and told apart by their content when they do not.
 */
final class SystemLayer {

    private static final String KIND = "jdk-systems-v4";

    private final Path root;
    private final Store store;
    private final FileDigests digests;
    private final Compression compression;
    private final LayerRecords layers;
    private final Records records;

    /** {@code root} is where the host's file system begins; {@code digests} is told what was looked at. */
    SystemLayer(Path root, Store store, FileDigests digests, Compression compression) {
        this.root = root;
        this.store = store;
        this.digests = digests;
        this.compression = compression;
        this.layers = new LayerRecords(store.records(LayerRecords.RECORDS), store.blobs());
        this.records = store.records(KIND);
    }

    Layer of(RuntimeNeeds needs) throws IOException {
        Digest key = Store.key(
                root.toString(),
                compression.algorithm().name() + compression.level(),
                Digest.sha256(needs.toBytes()).hex());
        Optional<Layer> known = remembered(key);
        return known.isPresent() ? known.get() : made(key, needs);
    }

    private Optional<Layer> remembered(Digest key) throws IOException {
        Optional<byte[]> record = records.read(key);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record.get()));
        Digest recipe = Digest.parse(in.readUTF());
        FileStates states = FileStates.read(in);
        if (!states.hold()) {
            return Optional.empty();
        }
        digests.watch(states);
        return layers.find(recipe);
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
        digests.watch(states);
        if (states.settledAt(Instant.now())) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(record);
            out.writeUTF(recipe.toString());
            states.write(out);
            records.write(key, record.toByteArray());
        }
        return layer;
    }

    private Layer write(LayerSpec spec) throws IOException {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return new LayerWriter(store.blobs(), compression, workers).write(spec);
        }
    }
}
