// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageSource;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Loads images from archives of {@code docker save}. Layers that are plain tars there are packed, once, since they are to
 * go to registries.
 *
 * @param file the archive
 * @param reference of the image in it
 * @param store remembers which layer came of which tar, and has room for what is unpacked for a while
 */
public record DockerArchiveSource(Path file, Optional<String> reference, Store store) implements ImageSource {

    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        try (ArchiveFile archive = ArchiveFile.of(file, store);
                RawImage raw = DockerArchive.open(archive, reference);
                Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            Image image = new ImageLoader(raw.blobs(), blobs).load(raw.root(), platform);
            PackedTars packed = new PackedTars(store, new LayerWriter(blobs, Compression.GZIP, workers), blobs);
            List<Layer> layers = new ArrayList<>();
            for (Layer layer : image.lowestFirst()) {
                if (layer.descriptor().mediaType().equals(MediaType.DOCKER_LAYER_TAR)) {
                    layers.add(packed.layer(raw.blobs().get(layer.diffId().digest()), layer.diffId()));
                } else {
                    layer.blob().open().close(); // brings it into the store
                    layers.add(layer);
                }
            }
            return new Image(image.config(), layers, image.annotations());
        }
    }

    /** The image as it lies there, with a manifest made up for it; the caller closes it. */
    public RawImage open() throws IOException {
        return ArchiveFile.open(file, store, archive -> DockerArchive.open(archive, reference));
    }
}
