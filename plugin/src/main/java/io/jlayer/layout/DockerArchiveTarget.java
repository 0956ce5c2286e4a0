// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileState;
import io.jlayer.image.ImageDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes an image for {@code docker load}, as {@link DockerArchiveTar} has it. It appears under its name when it is whole.
 *
 * @param file the tar
 * @param names what the image is to be called where it is loaded, as {@code shop/app:1.0}
 * @param store where layers are kept
 */
public record DockerArchiveTarget(Path file, List<String> names, BlobStore store) implements ArchiveTarget {

    @Override
    public Optional<FileState> replace(ImageDocuments image) throws IOException {
        try {
            DockerArchiveTar content = new DockerArchiveTar(image, names, store);
            try (ArchiveDraft archive = new ArchiveDraft(file)) {
                content.write(archive.tar(), 0);
                return archive.commit();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("write " + file + ": " + e.getMessage(), e);
        }
    }
}
