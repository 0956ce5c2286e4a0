// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RootTree;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.Layer;
import io.jlayer.oci.JsonObject;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
