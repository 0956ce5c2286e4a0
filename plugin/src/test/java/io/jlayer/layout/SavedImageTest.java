// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RandomImages;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import io.jlayer.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which engines save one and the same image. */
class SavedImageTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64/v8");

    @TempDir
    Path directory;

    private Store made;
    private ImageDocuments documents;
    private Image image;
    private Digest id;

    @BeforeEach
    void make() throws IOException {
        made = Store.open(directory.resolve("made"));
        documents = ImageDocuments.of(List.of(RandomImages.of(4, AMD64, made.blobs())), Format.OCI);
        image = documents.platforms().get(0).image();
        id = documents.platforms().get(0).manifest().config().digest();
    }

    private Store store(String name) throws IOException {
        return Store.open(directory.resolve(name));
    }

    private Path tar(String name, Map<String, byte[]> files) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            for (var entry : files.entrySet()) {
                tar.begin(new TarEntry(entry.getKey(), TarEntry.Type.FILE, 0644, 0, 0, entry.getValue().length, 0, ""));
                tar.content().write(entry.getValue());
            }
        }
        return file;
    }

    private static byte[] unpacked(Layer layer) throws IOException {
        try (InputStream in = Decompression.open(layer.blob().open())) {
            return in.readAllBytes();
        }
    }

    /** As docker before 25 on its own drivers. */
    private Path old() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> layers = new ArrayList<>();
        for (Layer layer : image.lowestFirst()) {
            layers.add("layer" + layers.size() + "/layer.tar");
            files.put(layers.get(layers.size() - 1), unpacked(layer));
        }
        files.put(id.hex() + ".json", image.config().toBytes());
        files.put("manifest.json", list(id.hex() + ".json", layers));
        return tar("old.tar", files);
    }

    private static byte[] list(String config, List<String> layers) {
        JsonObject line = JsonObject.EMPTY.with("Config", config).with("Layers", layers);
        return ("[" + line + "]").getBytes(UTF_8);
    }

    /** A layout whose layers are plain tars, whatever the manifest says: podman's, or with a list docker's since 25. */
    private Path layout(String name, boolean withList) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Layer layer : image.lowestFirst()) {
            layers.add(add(files, MediaType.LAYER_GZIP, unpacked(layer)));
            paths.add(LayoutIndex.blobPath(layers.get(layers.size() - 1).digest()));
        }
        Descriptor config = add(files, MediaType.CONFIG, image.config().toBytes());
        Manifest manifest = new Manifest(Format.OCI, config, layers, new TreeMap<>());
        Descriptor root = add(files, MediaType.MANIFEST, manifest.toBytes());
        files.put(LayoutIndex.MARK_FILE, LayoutIndex.MARK.getBytes(UTF_8));
        files.put(LayoutIndex.INDEX_FILE, LayoutIndex.of(root, List.of()).toBytes());
        if (withList) {
            files.put("manifest.json", list(LayoutIndex.blobPath(config.digest()), paths));
        }
        return tar(name, files);
    }

    private static Descriptor add(Map<String, byte[]> files, MediaType type, byte[] content) {
        Descriptor descriptor = Descriptor.of(type, content);
        files.put(LayoutIndex.blobPath(descriptor.digest()), content);
        return descriptor;
    }

    private SavedImage.Kept keep(Path file, Digest engineId, List<DiffId> diffIds, Store store) throws IOException {
        SavedImage.Kept kept = new SavedImage(file, engineId, diffIds, store).keep();
        assertThat(new ImageValidator(store.blobs()).validate(kept.root())).isEmpty();
        for (Digest blob : kept.blobs()) {
            assertThat(store.blobs().contains(blob)).isTrue();
        }
        return kept;
    }

    private static Image load(SavedImage.Kept kept, Store store) throws IOException {
        return new ImageLoader(store.blobs(), store.blobs()).load(kept.root(), AMD64);
    }

    @Test
    void whateverSavesItTheSameImageHasTheSameLayers() throws IOException {
        List<Descriptor> first = new ArrayList<>();
        for (Path file : List.of(old(), layout("new.tar", true), layout("podman.tar", false))) {
            Store store = store(file.getFileName() + ".d");
            Image read = load(keep(file, id, List.of(), store), store);

            assertThat(read.config().toBytes()).isEqualTo(image.config().toBytes());
            List<Descriptor> layers = new ArrayList<>();
            for (Layer layer : read.lowestFirst()) {
                layers.add(layer.descriptor().withMediaType(MediaType.LAYER_GZIP));
                assertThat(Decompression.isPacked(layer.blob())).isTrue();
            }
            first = first.isEmpty() ? layers : first;
            assertThat(layers).isEqualTo(first);
        }
    }

    @Test
    void whatContainerdKeepsStaysAsItIs() throws IOException {
        Path file = directory.resolve("containerd.tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            new DockerArchiveTar(documents, List.of("docker.io/library/app:1"), made.blobs()).writeWithLayout(out);
        }
        Store store = store("containerd");

        SavedImage.Kept kept = keep(file, documents.root().digest(), List.of(), store);

        assertThat(kept.root().digest()).isEqualTo(documents.root().digest());
        assertThat(load(kept, store).annotations()).isEqualTo(image.annotations());
    }

    @Test
    void ofAnIndexIsKeptWhatIsThere() throws IOException {
        Image other = RandomImages.of(5, ARM64, made.blobs());
        ImageDocuments both = ImageDocuments.of(List.of(image, other), Format.OCI);
        Path file = directory.resolve("both.tar");
        new LayoutArchiveTarget(file, List.of(), made.blobs()).write(both);
        assertThat(keep(file, both.root().digest(), List.of(), store("whole"))
                        .root()
                        .digest())
                .isEqualTo(both.root().digest());

        ImageDocuments.Platformed gone = both.platforms().get(1);
        Path part = without(file, gone.manifest().config().digest());
        Store store = store("part");

        SavedImage.Kept kept = keep(part, both.root().digest(), List.of(), store);

        assertThat(kept.root().digest())
                .isEqualTo(both.platforms().get(0).descriptor().digest());
        assertThatThrownBy(() -> new ImageLoader(store.blobs(), store.blobs()).load(kept.root(), ARM64))
                .hasMessageContaining("offered are [linux/amd64]");
    }

    @Test
    void ofAnIndexOfManyAreKeptThoseThatAreWhole() throws IOException {
        ImageDocuments many = ImageDocuments.of(
                List.of(
                        image,
                        RandomImages.of(5, ARM64, made.blobs()),
                        RandomImages.of(6, Platform.parse("linux/s390x"), made.blobs())),
                Format.OCI);
        Path file = directory.resolve("many.tar");
        new LayoutArchiveTarget(file, List.of(), made.blobs()).write(many);
        Path part = without(file, many.platforms().get(1).manifest().config().digest());
        Store store = store("many");

        SavedImage.Kept kept = keep(part, many.root().digest(), List.of(), store);

        byte[] index = store.blobs().readSmall(kept.root(), OciJson.MAX_DOCUMENT_BYTES);
        assertThat(Index.parse(index, kept.root().mediaType()).manifests())
                .containsExactly(
                        many.platforms().get(0).descriptor(),
                        many.platforms().get(2).descriptor());
    }

    /** The same archive, as if one blob had never been fetched. */
    private Path without(Path file, Digest blob) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var tar = new TarReader(Files.newInputStream(file))) {
            for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                if (entry.get().type() == TarEntry.Type.FILE
                        && !entry.get().name().endsWith(blob.hex())) {
                    files.put(entry.get().name(), tar.content().readAllBytes());
                }
            }
        }
        return tar("without.tar", files);
    }

    /** As docker 24 on containerd: the image's id is that of an index which is not saved. */
    @Test
    void theManifestAloneIsTakenIfTheEngineTellsTheSameLayers() throws IOException {
        Path file = directory.resolve("alone.tar");
        new LayoutArchiveTarget(file, List.of(), made.blobs()).write(documents);
        Digest index = Digest.sha256("an index");

        assertThat(keep(file, index, image.config().diffIds(), store("alone"))
                        .root()
                        .digest())
                .isEqualTo(documents.root().digest());
        List<DiffId> others = List.of(new DiffId(Digest.sha256("another layer")));
        assertThatThrownBy(() -> new SavedImage(file, index, others, store("other")).keep())
                .hasMessageContaining("another image than " + index);
    }

    @Test
    void aLayerThatIsNotWhatTheConfigSaysIsRefused() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < image.lowestFirst().size(); i++) {
            layers.add("l" + i + ".tar");
            byte[] tar = unpacked(image.lowestFirst().get(i));
            tar[tar.length / 3] ^= 1;
            files.put("l" + i + ".tar", tar);
        }
        files.put("c.json", image.config().toBytes());
        files.put("manifest.json", list("c.json", layers));
        Path file = tar("damaged.tar", files);

        assertThatThrownBy(() -> new SavedImage(file, id, List.of(), store("damaged")).keep())
                .hasMessageContaining(image.config().diffIds().get(0).toString());
    }
}
