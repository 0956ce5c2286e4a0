// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageDocuments.Document;
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
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Small images whose layers hold chance, and putting them into a fake registry. */
public final class TestImages {

    static final Platform AMD64 = Platform.parse("linux/amd64");
    static final Platform ARM64 = Platform.parse("linux/arm64");

    private TestImages() {}

    public static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Layer layer(byte[] content) {
        return layer(content, Blob.of(content));
    }

    static Layer layer(byte[] content, Blob blob) {
        Descriptor descriptor = Descriptor.of(MediaType.LAYER_TAR, content);
        return new Layer(new DiffId(descriptor.digest()), descriptor, blob, OptionalLong.empty());
    }

    /** A real layer of one file. */
    static Layer tarLayer(BlobStore store, String name, byte[] content) throws IOException {
        FileEntry file = new FileEntry.Regular(LayerPath.of("/" + name), Metadata.FILE, FileContent.of(content));
        try (Workers workers = new Workers(1)) {
            return new LayerWriter(store, Compression.GZIP, workers).write(new LayerSpec(name, List.of(file)));
        }
    }

    static Image image(Platform platform, Layer... lowestFirst) {
        Image image = Image.scratch(platform);
        for (Layer layer : lowestFirst) {
            image = image.append(layer, new History(Optional.empty(), "test", "", false));
        }
        return image;
    }

    /** An image of so many layers of 1000 bytes each. */
    static Image image(int firstSeed, int layers) {
        Image image = Image.scratch(AMD64);
        for (int i = 0; i < layers; i++) {
            Layer layer = layer(bytes(firstSeed + i, 1000));
            image = image.append(layer, new History(Optional.empty(), "test", "", false));
        }
        return image;
    }

    static ImageDocuments documents(Image... images) {
        return ImageDocuments.of(List.of(images), Format.OCI);
    }

    /** Puts an image into a registry, not by way of what is tested. */
    static Descriptor seed(FakeRegistry registry, String repository, String tag, ImageDocuments image)
            throws IOException {
        for (Layer layer : image.layers().values()) {
            registry.putBlob(repository, all(layer.blob()));
        }
        for (Document document : image.documents()) {
            MediaType mediaType = document.descriptor().mediaType();
            byte[] bytes = all(document.blob());
            if (mediaType.isConfig()) {
                registry.putBlob(repository, bytes);
            } else {
                boolean root =
                        document.descriptor().digest().equals(image.root().digest());
                String reference = root ? tag : document.descriptor().digest().toString();
                registry.putManifest(repository, reference, mediaType.name(), bytes);
            }
        }
        return image.root();
    }

    static byte[] all(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }
}
