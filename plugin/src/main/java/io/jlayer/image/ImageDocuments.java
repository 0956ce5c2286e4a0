// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Blob;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image, for one platform or several, written down: the bytes of its manifests, configs and index, made once, so that
 * every target gets the same digest.
 */
public final class ImageDocuments {

    private final List<Platformed> platforms;
    private final Map<Digest, Document> documents;
    private final Descriptor root;

    /**
     * One platform's part.
     *
     * @param image what it is
     * @param descriptor of the manifest, with its platform
     * @param manifest the manifest
     */
    public record Platformed(Image image, Descriptor descriptor, Manifest manifest) {}

    /**
     * A JSON document.
     *
     * @param descriptor what points to it
     * @param blob what is stored, in memory
     */
    public record Document(Descriptor descriptor, Blob blob) {}

    private ImageDocuments(List<Platformed> platforms, Map<Digest, Document> documents, Descriptor root) {
        this.platforms = List.copyOf(platforms);
        this.documents = Collections.unmodifiableMap(documents);
        this.root = root;
    }

    /**
     * Writes the images down: one as a manifest, several as an index over their manifests, in the order given, with those
     * annotations that all of them have.
     *
     * @throws IllegalArgumentException if there are no images, or two for one platform
     */
    public static ImageDocuments of(List<Image> images, Format format) {
        Set<Platform> different = new LinkedHashSet<>();
        for (Image image : images) {
            different.add(image.platform());
        }
        if (different.size() != images.size() || images.isEmpty()) {
            throw new IllegalArgumentException(
                    "an index needs images for different platforms, not " + images.size() + " for " + different);
        }
        Map<Digest, Document> documents = new LinkedHashMap<>();
        List<Platformed> platforms = new ArrayList<>();
        for (Image image : images) {
            Descriptor config =
                    add(documents, MediaType.CONFIG.in(format), image.config().toBytes());
            List<Descriptor> layers = new ArrayList<>();
            for (Layer layer : image.lowestFirst()) {
                Descriptor packed = layer.descriptor();
                layers.add(packed.withMediaType(packed.mediaType().in(format)));
            }
            Manifest manifest = new Manifest(format, config, layers, image.annotations());
            Descriptor descriptor = add(documents, manifest.mediaType(), manifest.toBytes());
            platforms.add(new Platformed(image, descriptor.withPlatform(image.platform()), manifest));
        }
        Descriptor root = platforms.get(0).descriptor();
        if (platforms.size() > 1) {
            SortedMap<String, String> annotations = new TreeMap<>(images.get(0).annotations());
            for (Image image : images) {
                annotations.entrySet().retainAll(image.annotations().entrySet());
            }
            Index index = new Index(
                    format, platforms.stream().map(Platformed::descriptor).toList(), annotations);
            root = add(documents, index.mediaType(), index.toBytes());
        }
        return new ImageDocuments(platforms, documents, root);
    }

    /** Images as others wrote them down, in one index if there are several; {@code documents} are theirs, byte for byte. */
    static ImageDocuments asWritten(List<Platformed> platforms, Map<Digest, Document> documents) {
        Map<Digest, Document> all = new LinkedHashMap<>(documents);
        Descriptor root = platforms.get(0).descriptor();
        if (platforms.size() > 1) {
            Format format = platforms.get(0).manifest().format();
            Index index = new Index(
                    format, platforms.stream().map(Platformed::descriptor).toList(), new TreeMap<>());
            root = add(all, index.mediaType(), index.toBytes());
        }
        return new ImageDocuments(platforms, all, root);
    }

    /** One platform's part of this, byte for byte, as an image of its own. */
    public ImageDocuments of(Platformed platform) {
        Map<Digest, Document> own = new LinkedHashMap<>();
        Digest config = platform.manifest().config().digest();
        own.put(config, documents.get(config));
        own.put(
                platform.descriptor().digest(),
                documents.get(platform.descriptor().digest()));
        return new ImageDocuments(List.of(platform), own, platform.descriptor());
    }

    private static Descriptor add(Map<Digest, Document> documents, MediaType mediaType, byte[] bytes) {
        Descriptor descriptor = Descriptor.of(mediaType, bytes);
        documents.put(descriptor.digest(), new Document(descriptor, Blob.of(bytes)));
        return descriptor;
    }

    /** The manifest, or the index where there are several platforms. */
    public Descriptor root() {
        return root;
    }

    /** The platforms' parts, in the order given. */
    public List<Platformed> platforms() {
        return platforms;
    }

    /** Configs, manifests and the index, each after what it points to. */
    public Collection<Document> documents() {
        return documents.values();
    }

    /** Bytes of all blobs, each once: what a registry that has nothing yet would store. */
    public long size() {
        long size = 0;
        for (Descriptor layer : layers().keySet()) {
            size += layer.size();
        }
        for (Document document : documents()) {
            size += document.descriptor().size();
        }
        return size;
    }

    /** The layers of all platforms, each blob once, as the manifests describe them. */
    public Map<Descriptor, Layer> layers() {
        Map<Digest, Descriptor> seen = new LinkedHashMap<>();
        Map<Descriptor, Layer> layers = new LinkedHashMap<>();
        for (Platformed platform : platforms) {
            List<Descriptor> descriptors = platform.manifest().lowestFirst();
            for (int i = 0; i < descriptors.size(); i++) {
                Descriptor descriptor = descriptors.get(i);
                if (seen.put(descriptor.digest(), descriptor) == null) {
                    layers.put(descriptor, platform.image().lowestFirst().get(i));
                }
            }
        }
        return layers;
    }
}
