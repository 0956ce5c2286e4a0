// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class LayoutArchiveSourceTest extends ImageSourceContract {

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        Path file = directory.resolve("image.tar");
        new LayoutArchiveTarget(file, List.of("1.0"), made.blobs()).write(image);
        return new LayoutSource(file, true, Optional.of("1.0"), loaded);
    }
}
