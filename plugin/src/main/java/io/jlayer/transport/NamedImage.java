// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageSource;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An image that {@code -Djlayer.image} names, as it lies there: what is kept as an image somewhere keeps its bytes and its
 * digest. Layers are read when they are asked for, until this is closed.
 */
public final class NamedImage implements Closeable {

    private final ImageDocuments documents;
    private final SortedMap<String, String> there;
    private final Closeable place;

    private NamedImage(ImageDocuments documents, SortedMap<String, String> there, Closeable place) {
        this.documents = documents;
        this.there = there;
        this.place = place;
    }

    /**
     * Opens an image.
     *
     * @param platforms for which of those that it has
     * @throws UserError if there is none
     */
    public static NamedImage open(
            String image,
            List<Platform> platforms,
            Store store,
            Path directory,
            Registries registries,
            Consumer<String> warnings)
            throws IOException {
        Transports transports =
                new Transports(store, FileDigests.open(store, directory), directory, registries, warnings);
        TransportName name = TransportName.parse(image, ImageUse.NAMED.setting());
        new LocalName(directory).check(image, name, ImageUse.NAMED.setting());
        try {
            return switch (name.transport()) {
                case "rootfs", "scratch", "jdk" ->
                    made(transports.source(image, ImageUse.NAMED, jdk()), platforms, store);
                default -> asWritten(transports.open(image, ImageUse.NAMED.setting(), platforms), platforms, store);
            };
        } catch (IOException e) {
            if (Reason.isFullDisk(e)) {
                throw e;
            } else if (name.isRegistry()) {
                throw RegistryRemedies.forPull(name, ImageUse.NAMED, e);
            }
            throw ImageUse.NAMED.unusable(
                    name, Reason.of(e), ImageRemedies.in(directory).of(image, e), e);
        }
    }

    private static ImageSource jdk() {
        return (platform, blobs) -> {
            throw new IOException("jdk: is a base; there is no program in it");
        };
    }

    private static NamedImage made(ImageSource source, List<Platform> platforms, Store store) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Platform platform : platforms) {
            images.add(source.load(platform, store.blobs()));
        }
        return new NamedImage(ImageDocuments.of(images, Format.OCI), new TreeMap<>(), () -> {});
    }

    private static NamedImage asWritten(RawImage raw, List<Platform> platforms, Store store) throws IOException {
        try {
            ImageLoader loader = new ImageLoader(raw.blobs(), store.blobs());
            return new NamedImage(
                    loader.loadAsWritten(raw.root(), platforms), raw.root().annotations(), raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** What is said of it where it lies, and, unless that says otherwise, in the manifest for its first platform. */
    public SortedMap<String, String> annotations() {
        SortedMap<String, String> all =
                new TreeMap<>(documents.platforms().get(0).image().annotations());
        all.putAll(there);
        return all;
    }

    public ImageDocuments documents() {
        return documents;
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
