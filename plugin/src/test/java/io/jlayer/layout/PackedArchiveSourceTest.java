// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An archive that was packed as a whole, as people do to send it somewhere. */
class PackedArchiveSourceTest extends ImageSourceContract {

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        Path file = directory.resolve("image.tar");
        new LayoutArchiveTarget(file, List.of("1.0"), made.blobs()).write(image);
        return new LayoutSource(packed(file), true, Optional.of("1.0"), loaded);
    }

    private Path packed(Path file) throws IOException {
        Path packed = directory.resolve("image.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        assertThat(Files.size(packed)).isPositive();
        return packed;
    }

    private List<String> drafts() throws IOException {
        return List.of(loaded.root().resolve("tmp").toFile().list());
    }

    @Test
    void whatWasUnpackedGoesWithTheImageAndWhereThereIsNone() throws IOException {
        LayoutSource there = (LayoutSource)
                sourceOf(ImageDocuments.of(List.of(RandomImages.of(3, AMD64, made.blobs())), Format.OCI));
        LayoutSource missing = new LayoutSource(there.path(), true, Optional.of("2.0"), loaded);
        try (RawImage image = there.open()) {
            assertThat(image.root().size()).isPositive();
            assertThat(drafts()).singleElement().asString().startsWith("archive-");
        }
        assertThatIOException().isThrownBy(missing::open);
        assertThatIOException()
                .isThrownBy(() -> new DockerArchiveSource(there.path(), Optional.empty(), loaded).open());
        assertThat(drafts()).isEmpty();
    }
}
