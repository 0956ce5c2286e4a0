// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.image.ImageTargetContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerArchiveTargetTest extends ImageTargetContract {

    private Path file() {
        return directory.resolve("image.tar");
    }

    @Override
    protected ImageTarget target() {
        return new DockerArchiveTarget(file(), List.of("shop/app:1.0"), store.blobs());
    }

    @Override
    protected RawImage written() throws IOException {
        return new DockerArchiveSource(file(), Optional.of("shop/app:1.0"), store).open();
    }

    @Test
    void severalPlatformsAreRefused() throws IOException {
        Image amd64 = RandomImages.of(1, AMD64, store.blobs());
        Image arm64 = RandomImages.of(1, Platform.parse("linux/arm64"), store.blobs());
        ImageDocuments both = ImageDocuments.of(List.of(amd64, arm64), Format.OCI);

        assertThatThrownBy(() -> target().write(both)).hasMessageContaining("one platform");
    }

    @Test
    void anotherNameIsNotFound() throws IOException {
        target().write(image(1));

        assertThatThrownBy(() -> new DockerArchiveSource(file(), Optional.of("shop/app:2.0"), store).open())
                .hasMessageContaining("[shop/app:1.0]");
    }
}
