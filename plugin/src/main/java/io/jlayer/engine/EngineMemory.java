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
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store remembers of an engine's images: which id a name had when it was last asked for, and what came of an id.
 *
 * @param engine its name
 * @param store remembers
 */
record EngineMemory(String engine, Store store) {

    private static final String NAMES = "engine-names-v2";
    private static final String IMAGES = "engine-images-v1";

    /** What a name meant last, to whichever engine; what is pinned means the same to all. */
    Optional<Digest> id(EngineName name) throws IOException {
        return last(name).map(last -> Digest.parse(last[0]));
    }

    /** What a name meant last to the engine at an address. */
    Optional<Digest> id(EngineName name, String address) throws IOException {
        Optional<byte[]> record = store.records(NAMES).read(key(name, address));
        return record.map(id -> Digest.parse(new String(id, UTF_8)));
    }

    /** Asks where the engine is. */
    interface Address {
        String get() throws IOException;
    }

    /**
     * Remembers what a name means now.
     *
     * @param address is asked for only where the name or the engine is another than last
     */
    void remember(EngineName name, Digest id, Address address) throws IOException {
        Optional<String[]> last = last(name);
        if (last.isPresent()
                && last.get()[0].equals(id.toString())
                && id(name, last.get()[1]).equals(Optional.of(id))) {
            return;
        }
        String where = address.get();
        Records names = store.records(NAMES);
        names.write(key(name, where), id.toString().getBytes(UTF_8));
        names.write(key(name), (id + " " + where).getBytes(UTF_8));
    }

    /** The id and the address of the engine that said it. */
    private Optional<String[]> last(EngineName name) throws IOException {
        return store.records(NAMES).read(key(name)).map(record -> new String(record, UTF_8).split(" ", 2));
    }

    private Digest key(EngineName name, String address) {
        return Store.key("at", engine, name.text(), address);
    }

    /** The same name may mean something else to another engine, and these tell of most changes that it is another. */
    private Digest key(EngineName name) {
        List<String> parts = new ArrayList<>(List.of(engine, name.text()));
        for (String variable :
                List.of("DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINER_CONNECTION", "DOCKER_CONFIG")) {
            parts.add(System.getenv().getOrDefault(variable, ""));
        }
        parts.add("" + lastContext().lastModified());
        return Store.key(parts.toArray(new String[0]));
    }

    /** What {@code docker context use} writes to. */
    private static File lastContext() {
        String home = System.getProperty("user.home");
        return new File(System.getenv().getOrDefault("DOCKER_CONFIG", home + "/.docker"), "config.json");
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
