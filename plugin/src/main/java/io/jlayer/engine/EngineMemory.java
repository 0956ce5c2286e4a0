// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layout.SavedImage;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the store remembers of an engine's images: which id a name had when it was last asked for, and what came of an id.
 *
 * @param engine its name
 * @param store remembers
 */
record EngineMemory(String engine, Store store) {

    private static final String NAMES = "engine-names-v1";
    private static final String IMAGES = "engine-images-v1";

    Optional<Digest> id(EngineName name) throws IOException {
        Optional<byte[]> record = store.records(NAMES).read(key(name));
        return record.map(id -> Digest.parse(new String(id, UTF_8)));
    }

    void remember(EngineName name, Digest id) throws IOException {
        Records names = store.records(NAMES);
        byte[] record = id.toString().getBytes(UTF_8);
        if (!Arrays.equals(names.read(key(name)).orElse(null), record)) {
            names.write(key(name), record);
        }
    }

    /** The same name may mean something else to another engine. */
    private Digest key(EngineName name) {
        List<String> parts = new ArrayList<>(List.of(engine, name.text()));
        for (String variable : List.of("DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINER_CONNECTION")) {
            parts.add(System.getenv().getOrDefault(variable, ""));
        }
        return Store.key(parts.toArray(new String[0]));
    }

    /** The image of an id, if the store still has all of it. */
    Optional<SavedImage.Kept> image(Digest id) throws IOException {
        Optional<byte[]> record = store.records(IMAGES).read(key(id));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        JsonObject json = OciJson.parse(record.get());
        List<Digest> blobs = new ArrayList<>();
        for (String blob : json.texts("blobs")) {
            blobs.add(Digest.parse(blob));
        }
        for (Digest blob : blobs) {
            if (!store.blobs().contains(blob)) {
                return Optional.empty();
            }
        }
        return Optional.of(new SavedImage.Kept(
                Descriptor.fromJson(json.object("root").orElseThrow()),
                blobs,
                json.flag("whole").orElse(false)));
    }

    void remember(Digest id, SavedImage.Kept image) throws IOException {
        List<String> blobs = new ArrayList<>();
        for (Digest blob : image.blobs()) {
            blobs.add(blob.toString());
        }
        JsonObject json = JsonObject.EMPTY
                .with("root", image.root().toJson())
                .with("blobs", blobs)
                .with("whole", image.whole());
        store.records(IMAGES).write(key(id), json.toString().getBytes(UTF_8));
    }

    /** Layers are packed here, so what came of an id depends on how that is done. */
    private Digest key(Digest id) {
        return Store.key(engine, id.toString(), LayerRecords.KIND);
    }
}
