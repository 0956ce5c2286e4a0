// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileState;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A root file system as a base of one layer: a directory, or a tarball packed in any way that layers can be. It is read
 * once; while it stays the same, so does the layer that came of it.
 */
public final class RootfsSource implements ImageSource {

    private static final String PATH = "PATH=" + ImageConfig.DEFAULT_PATH;

    private final Path path;
    private final Store store;
    private final FileDigests digests;
    private final Consumer<String> warnings;

    /** {@code digests} remembers which files are unchanged; {@code warnings} hears what had to be left out. */
    public RootfsSource(Path path, Store store, FileDigests digests, Consumer<String> warnings) {
        this.path = path;
        this.store = store;
        this.digests = digests;
        this.warnings = warnings;
    }

    /** What a root file system became. */
    record Imported(Layer layer, Optional<String> architecture) {}

    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no file or directory " + path);
        }
        Imported imported;
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            imported = Files.isDirectory(path) ? ofDirectory(blobs, workers) : ofTarball(blobs, workers);
        }
        checkPlatform(platform, imported.architecture());
        ImageConfig config = ImageConfig.empty(platform).withExecution(JsonObject.EMPTY.with("Env", List.of(PATH)));
        Image image = Image.scratch(platform).withConfig(config);
        return image.append(imported.layer(), new History(Optional.empty(), "jlayer", "root file system", false));
    }

    private void checkPlatform(Platform wanted, Optional<String> architecture) throws IOException {
        if (architecture.isPresent() && !architecture.get().equals(wanted.architecture())) {
            throw new IOException(
                    "the programs in " + path + " are for linux/" + architecture.get() + ", not for " + wanted);
        }
    }

    private Imported ofDirectory(BlobStore blobs, Workers workers) throws IOException {
        RootfsDirectory directory = RootfsDirectory.read(path, store, digests, warnings);
        Digest recipe = directory.recipe();
        LayerRecords records = new LayerRecords(store.records(LayerRecords.RECORDS), blobs);
        Optional<Layer> known = records.find(recipe);
        Layer layer = known.isPresent() ? known.get() : directory.write(blobs, workers);
        if (known.isEmpty()) {
            records.remember(recipe, layer);
        }
        return new Imported(layer, directory.architecture());
    }

    private Imported ofTarball(BlobStore blobs, Workers workers) throws IOException {
        FileDigests.Known before = digests.of(path);
        Digest recipe = Store.key("rootfs-v2", before.digest().toString(), Compression.GZIP.toString());
        LayerRecords layers = new LayerRecords(store.records(LayerRecords.RECORDS), blobs);
        Records architectures = store.records("rootfs-v2");
        Optional<Layer> known = layers.find(recipe);
        Optional<byte[]> architecture = architectures.read(recipe);
        if (known.isPresent() && architecture.isPresent()) {
            String name = new String(architecture.get(), StandardCharsets.UTF_8);
            return new Imported(known.get(), Optional.of(name).filter(text -> !text.isEmpty()));
        }
        Imported imported = new RootfsTarball(path).write(blobs, workers);
        if (!FileState.of(path).equals(before.state())) {
            throw new IOException("read " + path + ": it changed while it was being read");
        }
        layers.remember(recipe, imported.layer());
        architectures.write(recipe, imported.architecture().orElse("").getBytes(StandardCharsets.UTF_8));
        return imported;
    }
}
