// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** An archive that was packed as a whole, as people do to send it somewhere. */
class PackedArchiveSourceTest extends ImageSourceContract {

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        Path file = directory.resolve("image.tar");
        new LayoutArchiveTarget(file, List.of("1.0"), made.blobs()).write(image);
        Path packed = directory.resolve("image.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        assertThat(Files.size(packed)).isPositive();
        return new LayoutSource(packed, true, Optional.of("1.0"));
    }
}
