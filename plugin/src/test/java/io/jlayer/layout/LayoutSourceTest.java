// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutSourceTest extends ImageSourceContract {

    private Path layout() {
        return directory.resolve("layout");
    }

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        LayoutTarget.holding(layout(), made.blobs(), List.of("1.0")).write(image);
        return new LayoutSource(layout(), false, Optional.empty(), loaded);
    }

    @Test
    void thePlatformThatFitsIsTaken() throws IOException {
        Image amd64 = RandomImages.of(1, AMD64, made.blobs());
        Image arm64 = RandomImages.of(2, ARM64, made.blobs());

        ImageSource source = sourceOf(ImageDocuments.of(List.of(amd64, arm64), Format.DOCKER));

        assertThat(source.load(ARM64, loaded.blobs()).config()).isEqualTo(arm64.config());
        assertThat(source.load(AMD64, loaded.blobs()).config()).isEqualTo(amd64.config());
    }

    @Test
    void aDamagedLayerIsNamedAndNotStored() throws IOException {
        Image image = RandomImages.of(1, AMD64, made.blobs());
        ImageSource source = sourceOf(ImageDocuments.of(List.of(image), Format.OCI));
        Layer layer = image.lowestFirst().get(0);
        Path blob = layout().resolve("blobs/sha256")
                .resolve(layer.descriptor().digest().hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(blob);
        Files.write(blob, bytes);

        Layer read = source.load(AMD64, loaded.blobs()).lowestFirst().get(0);

        assertThatThrownBy(() -> read.blob().open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(layer.descriptor().digest().hex());
        assertThat(loaded.blobs().contains(layer.descriptor().digest())).isFalse();
    }

    @Test
    void whatIsNoLayoutIsSaid() throws IOException {
        Files.createDirectories(directory.resolve("empty"));

        assertThatThrownBy(() -> new LayoutSource(directory.resolve("empty"), false, Optional.empty(), loaded)
                        .load(AMD64, loaded.blobs()))
                .hasMessageContaining("no OCI image layout");
        assertThatThrownBy(() -> new LayoutSource(directory.resolve("nowhere"), false, Optional.empty(), loaded)
                        .load(AMD64, loaded.blobs()))
                .hasMessageContaining("there is no");
    }
}
