// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.History;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Small images for tests. */
public final class Images {

    private Images() {}

    public static FileEntry file(String path, String content) {
        return new FileEntry.Regular(LayerPath.of(path), Metadata.FILE, FileContent.of(content.getBytes(UTF_8)));
    }

    public static FileEntry directory(String path, int mode) {
        return new FileEntry.Directory(LayerPath.of(path), Metadata.of(mode, 0, 0));
    }

    public static FileEntry symlink(String path, String target) {
        return new FileEntry.Symlink(LayerPath.of(path), Metadata.FILE, target);
    }

    public static FileEntry whiteout(String path) {
        return new FileEntry.Whiteout(LayerPath.of(path));
    }

    public static FileEntry opaque(String path) {
        return new FileEntry.OpaqueWhiteout(LayerPath.of(path));
    }

    /** A layer whose blob is in the store. */
    public static Layer layer(BlobStore store, FileEntry... entries) throws IOException {
        try (Workers workers = new Workers(1)) {
            return new LayerWriter(store, Compression.GZIP, workers).write(new LayerSpec("test", List.of(entries)));
        }
    }

    public static Image image(Platform platform, Layer... lowestFirst) {
        Image image = Image.scratch(platform);
        for (Layer layer : lowestFirst) {
            image = image.append(layer, new History(Optional.empty(), "test", "", false));
        }
        return image;
    }

    /** Puts the documents beside the layers, as a target does. */
    public static Descriptor publish(BlobStore store, ImageDocuments documents) throws IOException {
        for (ImageDocuments.Document document : documents.documents()) {
            try (InputStream in = document.blob().open()) {
                store.put(document.descriptor().mediaType(), in.readAllBytes());
            }
        }
        return documents.root();
    }
}
