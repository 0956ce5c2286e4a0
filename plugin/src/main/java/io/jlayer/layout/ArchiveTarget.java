// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.FileState;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One file that an image is written to, whole or not at all. */
public sealed interface ArchiveTarget extends ImageTarget permits LayoutArchiveTarget, DockerArchiveTarget {

    /** The file. */
    Path file();

    /** The image's names in it. */
    List<String> names();

    /**
     * Writes the file.
     *
     * @return how it looks now, if it could not be written to again without looking otherwise
     */
    Optional<FileState> replace(ImageDocuments image) throws IOException;

    @Override
    default void write(ImageDocuments image) throws IOException {
        replace(image);
    }
}
