// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is expected of every {@link ImageTarget}. */
public abstract class ImageTargetContract {

    protected static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    protected Path directory;

    protected Store store;

    @BeforeEach
    void openStore() throws IOException {
        store = Store.open(directory.resolve("store"));
    }

    /** The same target each time. */
    protected abstract ImageTarget target() throws IOException;

    /** What is there now. */
    protected abstract RawImage written() throws IOException;

    protected final ImageDocuments image(long seed) throws IOException {
        return ImageDocuments.of(List.of(RandomImages.of(seed, AMD64, store.blobs())), Format.OCI);
    }

    private Digest configThere() throws IOException {
        try (RawImage raw = written()) {
            return Digest.sha256(new ImageLoader(raw.blobs(), store.blobs())
                    .load(raw.root(), AMD64)
                    .config()
                    .toBytes());
        }
    }

    private static Digest configOf(ImageDocuments image) {
        return image.platforms().get(0).manifest().config().digest();
    }

    @Test
    void whatIsWrittenIsSound() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            ImageDocuments image = image(seed);
            target().write(image);

            try (RawImage raw = written()) {
                assertThat(new ImageValidator(raw.blobs()).validate(raw.root()))
                        .as("seed %d", seed)
                        .isEmpty();
            }
            assertThat(configThere()).as("seed %d", seed).isEqualTo(configOf(image));
        }
    }

    @Test
    void writingTwiceDoesNoHarm() throws IOException {
        ImageDocuments image = image(1);
        target().write(image);
        target().write(image);

        assertThat(configThere()).isEqualTo(configOf(image));
    }

    @Test
    void whatIsExpectedHasNoNameYet() throws IOException {
        ImageDocuments before = image(1);
        ImageDocuments image = image(2);
        target().write(before);
        ImageTarget target = target();
        for (Layer layer : image.layers().values()) {
            target.expect(layer, true);
            target.expect(layer, false);
        }
        assertThat(configThere()).isEqualTo(configOf(before));

        target.write(image);

        assertThat(configThere()).isEqualTo(configOf(image));
    }

    @Test
    void aWriteThatFailsLeavesWhatWasThere() throws IOException {
        ImageDocuments before = image(1);
        target().write(before);
        ImageDocuments broken = broken(image(2));

        assertThatThrownBy(() -> target().write(broken)).isInstanceOf(IOException.class);

        assertThat(configThere()).isEqualTo(configOf(before));
        try (RawImage raw = written()) {
            assertThat(new ImageValidator(raw.blobs()).validate(raw.root())).isEmpty();
        }
    }

    /** The same image, but its last layer is nowhere and cannot be read. */
    private ImageDocuments broken(ImageDocuments image) throws IOException {
        Image whole = image.platforms().get(0).image();
        List<Layer> layers = new ArrayList<>(whole.lowestFirst());
        Layer last = layers.remove(layers.size() - 1);
        Files.delete(store.blobs().file(last.descriptor().digest()));
        layers.add(new Layer(
                last.diffId(),
                last.descriptor(),
                () -> {
                    throw new IOException("the disk is gone");
                },
                OptionalLong.empty()));
        return ImageDocuments.of(List.of(new Image(whole.config(), layers, whole.annotations())), Format.OCI);
    }
}
