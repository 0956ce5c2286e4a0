// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageSource;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loads images from OCI image layouts: {@code oci:} and {@code oci-archive:}.
 *
 * @param path the directory, or the tar
 * @param archive which of the two
 * @param name of the image in the layout
 * @param store where an archive that is packed as a whole is unpacked for a while
 */
public record LayoutSource(Path path, boolean archive, Optional<String> name, Store store) implements ImageSource {

    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        if (!archive) {
            LayoutDirectory layout = LayoutDirectory.open(path, name);
            return new ImageLoader(layout.blobs(), blobs).load(layout.root(), platform);
        }
        try (ArchiveFile file = ArchiveFile.of(path, store);
                RawImage layout = LayoutArchive.open(file, name)) {
            Image image = new ImageLoader(layout.blobs(), blobs).load(layout.root(), platform);
            if (file.isTemporary()) {
                for (var layer : image.lowestFirst()) {
                    layer.blob().open().close(); // brings it into the store, before the file goes
                }
            }
            return image;
        }
    }

    /** The image as it lies there; the caller closes it. */
    public RawImage open() throws IOException {
        return archive
                ? ArchiveFile.open(path, store, file -> LayoutArchive.open(file, name))
                : LayoutDirectory.open(path, name);
    }
}
