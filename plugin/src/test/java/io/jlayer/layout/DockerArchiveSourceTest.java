// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RawImage;
import io.jlayer.image.RootTree;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class DockerArchiveSourceTest extends ImageSourceContract {

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        Path file = directory.resolve("image.tar");
        new DockerArchiveTarget(file, List.of("app:1.0"), made.blobs()).write(image);
        return new DockerArchiveSource(file, Optional.empty(), loaded);
    }

    /** As docker before version 25 wrote it: a directory for each layer, and a link where two are the same. */
    private Path oldArchive(Image image) throws IOException {
        Path file = directory.resolve("old.tar");
        List<String> layers = new ArrayList<>();
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            for (Layer layer : image.lowestFirst()) {
                String name = "layer" + layers.size() + "/layer.tar";
                try (InputStream in = Decompression.open(layer.blob().open())) {
                    add(tar, name, in.readAllBytes());
                }
                layers.add(name);
            }
            tar.begin(new TarEntry("link/layer.tar", TarEntry.Type.SYMLINK, 0777, 0, 0, 0, 0, "../layer0/layer.tar"));
            layers.set(0, "link/layer.tar");
            add(tar, "abc.json", image.config().toBytes());
            JsonObject line = JsonObject.EMPTY
                    .with("Config", "abc.json")
                    .with("RepoTags", List.of("app:1.0"))
                    .with("Layers", layers);
            add(tar, "manifest.json", ("[" + line + "]").getBytes(UTF_8));
        }
        return file;
    }

    private static void add(TarWriter tar, String name, byte[] content) throws IOException {
        tar.begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, content.length, 0, ""));
        tar.content().write(content);
    }

    @Test
    void oldArchivesAreReadAndTheirLayersPacked() throws IOException {
        Image image = RandomImages.of(9, AMD64, made.blobs());
        ImageSource source = new DockerArchiveSource(oldArchive(image), Optional.of("app:1.0"), loaded);

        Image read = source.load(AMD64, loaded.blobs());

        assertThat(read.config()).isEqualTo(image.config());
        for (Layer layer : read.lowestFirst()) {
            assertThat(Decompression.isPacked(layer.blob())).isTrue();
        }
        layersUnpack(read);
    }

    private interface Packing {
        OutputStream of(OutputStream out) throws IOException;
    }

    private DockerArchiveSource archiveOfOneLayer(Layer layer, ImageConfig config, Packing packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (InputStream in = Decompression.open(layer.blob().open());
                OutputStream out = packing.of(packed)) {
            in.transferTo(out);
        }
        Path file = directory.resolve("packed.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            add(tar, "l.tar", packed.toByteArray());
            add(tar, "c.json", config.toBytes());
            JsonObject line = JsonObject.EMPTY.with("Config", "c.json").with("Layers", List.of("l.tar"));
            add(tar, "manifest.json", ("[" + line + "]").getBytes(UTF_8));
        }
        return new DockerArchiveSource(file, Optional.empty(), loaded);
    }

    private void packedLayerIsCalled(MediaType raw, MediaType read, Packing packing) throws IOException {
        Image whole = RandomImages.of(9, AMD64, made.blobs());
        Layer layer = whole.lowestFirst().get(0);
        ImageConfig config = new ImageConfig(whole.config()
                .json()
                .with(
                        "rootfs",
                        JsonObject.EMPTY
                                .with("type", "layers")
                                .with("diff_ids", List.of(layer.diffId().toString()))));
        DockerArchiveSource source = archiveOfOneLayer(layer, config, packing);
        try (RawImage image = source.open()) {
            Manifest manifest = Manifest.parse(
                    image.blobs().readSmall(image.root(), 1 << 20), image.root().mediaType());
            Descriptor only = manifest.lowestFirst().get(0);
            assertThat(only.mediaType()).isEqualTo(raw);
            try (InputStream in = image.blobs().get(only.digest()).open()) {
                assertThat(in.readAllBytes()).hasSize((int) only.size());
            }
        }
        Image image = source.load(AMD64, loaded.blobs());
        assertThat(image.lowestFirst())
                .singleElement()
                .satisfies(one -> assertThat(one.descriptor().mediaType()).isEqualTo(read));
        layersUnpack(image);
    }

    @Test
    void aPackedLayerIsCalledWhatItIs() throws IOException {
        packedLayerIsCalled(MediaType.DOCKER_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP, GZIPOutputStream::new);
        packedLayerIsCalled(MediaType.LAYER_ZSTD, MediaType.LAYER_ZSTD, ZstdOutputStream::new);
        packedLayerIsCalled(
                MediaType.DOCKER_LAYER_TAR, MediaType.LAYER_GZIP, out -> new XZOutputStream(out, new LZMA2Options(0)));
    }

    private static void layersUnpack(Image image) throws IOException {
        RootTree.of(image.lowestFirst());
    }

    @Test
    void aLayerThatIsNotWhatTheConfigSaysIsNamed() throws IOException {
        Image image = RandomImages.of(9, AMD64, made.blobs());
        Image other = RandomImages.of(10, AMD64, made.blobs());
        Path file = directory.resolve("lie.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarWriter tar = new TarWriter(out)) {
            add(tar, "c.json", image.config().toBytes());
            List<String> layers = new ArrayList<>();
            for (int i = 0; i < image.lowestFirst().size(); i++) {
                layers.add("l.tar");
            }
            try (InputStream in =
                    Decompression.open(other.lowestFirst().get(0).blob().open())) {
                add(tar, "l.tar", in.readAllBytes());
            }
            JsonObject line = JsonObject.EMPTY.with("Config", "c.json").with("Layers", layers);
            add(tar, "manifest.json", ("[" + line + "]").getBytes(UTF_8));
        }

        assertThatThrownBy(() -> new DockerArchiveSource(file, Optional.empty(), loaded).load(AMD64, loaded.blobs()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        image.lowestFirst().get(0).diffId().digest().hex());
    }

    @Test
    void whatIsNoArchiveIsSaid() throws IOException {
        Path file = directory.resolve("text.tar");
        Files.writeString(file, "this is no tar");

        assertThatThrownBy(() -> new DockerArchiveSource(file, Optional.empty(), loaded).load(AMD64, loaded.blobs()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.tar");
    }
}
