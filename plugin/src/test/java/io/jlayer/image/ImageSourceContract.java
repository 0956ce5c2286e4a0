// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is expected of every {@link ImageSource}. */
public abstract class ImageSourceContract {

    protected static final Platform AMD64 = Platform.parse("linux/amd64");
    protected static final Platform ARM64 = Platform.parse("linux/arm64/v8");

    @TempDir
    protected Path directory;

    /** Where images are made. */
    protected Store made;

    /** Where the source puts what it loads. */
    protected Store loaded;

    @BeforeEach
    void openStores() throws IOException {
        made = Store.open(directory.resolve("made"));
        loaded = Store.open(directory.resolve("loaded"));
    }

    /** A source that has just this image. */
    protected abstract ImageSource sourceOf(ImageDocuments image) throws IOException;

    private ImageDocuments image(Platform... platforms) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Platform platform : platforms) {
            images.add(RandomImages.of(platform.toString().hashCode(), platform, made.blobs()));
        }
        return ImageDocuments.of(images, Format.OCI);
    }

    @Test
    void configIsKeptToTheLetter() throws IOException {
        ImageDocuments image = image(AMD64);

        Image read = sourceOf(image).load(AMD64, loaded.blobs());

        assertThat(read.config().toBytes())
                .isEqualTo(image.platforms().get(0).image().config().toBytes());
    }

    @Test
    void layersUnpackToTheirDiffIds() throws IOException {
        Image read = sourceOf(image(AMD64)).load(AMD64, loaded.blobs());

        assertThat(read.lowestFirst()).isNotEmpty();
        RootTree.of(read.lowestFirst()); // reads and checks all
    }

    @Test
    void layersAreInTheStoreOnceTheyWereRead() throws IOException {
        Image read = sourceOf(image(AMD64)).load(AMD64, loaded.blobs());

        for (Layer layer : read.lowestFirst()) {
            try (InputStream in = layer.blob().open()) {
                in.readAllBytes();
            }
            assertThat(loaded.blobs().contains(layer.descriptor().digest())).isTrue();
        }
    }

    @Test
    void loadingTwiceGivesTheSame() throws IOException {
        ImageSource source = sourceOf(image(AMD64));

        assertThat(source.load(AMD64, loaded.blobs()).config())
                .isEqualTo(source.load(AMD64, loaded.blobs()).config());
    }

    @Test
    void aPlatformThatIsNotOfferedIsAnErrorThatSaysWhatIs() throws IOException {
        ImageSource source = sourceOf(image(AMD64));

        assertThatThrownBy(() -> source.load(Platform.parse("linux/s390x"), loaded.blobs()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("linux/s390x")
                .hasMessageContaining("linux/amd64");
    }
}
