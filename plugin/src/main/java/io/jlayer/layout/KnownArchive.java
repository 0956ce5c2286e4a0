// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileState;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerRecords;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An archive of which all would have to be read before anything is known of it, since it is packed as a whole or its
 * layers are and no digest of them stands there. What came of it is remembered under the digest of its bytes, so that an
 * archive that stays the same costs a look, as long as its layers are in the store.
 */
public final class KnownArchive implements ImageSource {

    private static final String KIND = "archives-v2";

    private final Path file;
    private final boolean onlyPacked;
    private final String question;
    private final ImageSource source;
    private final Store store;
    private final FileDigests digests;

    KnownArchive(Path file, boolean onlyPacked, String question, ImageSource source, Store store, FileDigests digests) {
        this.file = file;
        this.onlyPacked = onlyPacked;
        this.question = question;
        this.source = source;
        this.store = store;
        this.digests = digests;
    }

    /** An archive of {@code docker save}; {@code digests} tell whether it is the same file. */
    public static ImageSource of(DockerArchiveSource source, FileDigests digests) {
        String question = "docker-archive:" + source.reference().orElse("");
        return new KnownArchive(source.file(), false, question, source, source.store(), digests);
    }

    /**
     * A layout in one tar, remembered in its store if it is packed: else it says itself what is in it, and its layers
     * can stay where they are until they are asked for.
     */
    public static ImageSource of(LayoutSource source, FileDigests digests) {
        String question = "oci-archive:" + source.name().orElse("");
        return new KnownArchive(source.path(), true, question, source, source.store(), digests);
    }

    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        if (!Files.isRegularFile(file) || (onlyPacked && !Decompression.isPacked(() -> Files.newInputStream(file)))) {
            return source.load(platform, blobs);
        }
        FileDigests.Known before = digests.of(file);
        // Plain layers of an archive are packed, so what comes of it depends on how that is done.
        Digest key = Store.key(question, before.digest().toString(), platform.toString(), LayerRecords.KIND);
        Records records = store.records(KIND);
        Optional<byte[]> record = records.read(key);
        if (record.isPresent()) {
            Optional<Image> known = read(OciJson.parse(record.get()), blobs);
            if (known.isPresent()) {
                return known.get();
            }
        }
        Image image = source.load(platform, blobs);
        if (!FileState.of(file).equals(before.state())) {
            throw new IOException("read " + file + ": it changed while it was being read");
        }
        records.write(key, write(image).toString().getBytes(UTF_8));
        return image;
    }

    private static JsonObject write(Image image) {
        List<JsonObject> layers = new ArrayList<>();
        for (Layer layer : image.lowestFirst()) {
            layers.add(layer.toJson());
        }
        return JsonObject.EMPTY
                .with("config", image.config().json())
                .with("layers", layers)
                .with("annotations", image.annotations())
                .withUnlessEmpty(
                        "manifest", image.manifest().map(Digest::toString).orElse(""));
    }

    /** Empty if a layer has gone from the store. */
    private static Optional<Image> read(JsonObject json, BlobStore blobs) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (JsonObject layer : json.objects("layers")) {
            Layer known = Layer.fromJson(layer, blobs);
            if (!blobs.contains(known.descriptor().digest())) {
                return Optional.empty();
            }
            layers.add(known);
        }
        ImageConfig config = new ImageConfig(json.object("config").orElseThrow());
        Optional<Digest> manifest = json.text("manifest").map(Digest::parse);
        return Optional.of(new Image(config, layers, json.textMap("annotations"), manifest));
    }
}
