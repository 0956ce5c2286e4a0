// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.image.NotOfferedException;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Decompression;
import io.jlayer.oci.AnnotationName;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.tar.TarArchive;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An image in an archive of {@code docker save}, old (a directory for each layer) or new (blobs by digest): both have a
 * {@code manifest.json} that says where config and layers are. A manifest as registries know it is made up from that.
 */
final class DockerArchive implements RawImage {

    static final String MANIFEST_FILE = "manifest.json";

    private final ArchiveFile archive;
    private final Map<Digest, String> names = new HashMap<>();
    /** Those that are given out unpacked. */
    private final Set<Digest> toUnpack = new HashSet<>();

    private final Descriptor root;
    private final Blob manifest;

    private DockerArchive(ArchiveFile archive, Optional<String> reference) throws IOException {
        this.archive = archive;
        try (TarArchive tar = archive.open()) {
            JsonObject image = select(tar, reference);
            byte[] config = tar.read(image.requiredText("Config"), OciJson.MAX_DOCUMENT_BYTES);
            names.put(Digest.sha256(config), image.requiredText("Config"));
            Manifest made = new Manifest(
                    Format.DOCKER,
                    Descriptor.of(MediaType.DOCKER_CONFIG, config),
                    layers(tar, image.texts("Layers"), ImageConfig.parse(config).diffIds()),
                    new TreeMap<>());
            this.root = called(Descriptor.of(made.mediaType(), made.toBytes()), image.texts("RepoTags"));
            this.manifest = Blob.of(made.toBytes());
        }
    }

    /** Finds an image by its reference; the archive is closed with it. */
    static DockerArchive open(ArchiveFile archive, Optional<String> reference) throws IOException {
        try {
            return new DockerArchive(archive, reference);
        } catch (FileNotFoundException e) {
            throw new IOException(archive.name() + " is no archive of docker save: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("read " + archive.name() + ": " + e.getMessage(), e);
        }
    }

    private static JsonObject select(TarArchive tar, Optional<String> reference) throws IOException {
        byte[] list = tar.read(MANIFEST_FILE, OciJson.MAX_DOCUMENT_BYTES);
        List<JsonObject> images = OciJson.parseList(list);
        List<JsonObject> wanted = images.stream()
                .filter(image -> reference.isEmpty() || has(image, reference.get()))
                .toList();
        if (wanted.size() != 1) {
            List<String> there = images.stream()
                    .flatMap(image -> image.texts("RepoTags").stream())
                    .toList();
            throw new NotOfferedException("the archive has "
                    + (wanted.isEmpty() ? "no image " + reference.orElse("") : "several images")
                    + "; it has " + there);
        }
        return wanted.get(0);
    }

    /** As a layout says it; one of several names would be a guess, and what is no name is none. */
    private static Descriptor called(Descriptor root, List<String> names) {
        if (names.size() != 1) {
            return root;
        }
        try {
            ImageRef name = ImageRef.parse(names.get(0));
            return root.withAnnotation(AnnotationName.CONTAINERD_NAME, name.toString());
        } catch (IllegalArgumentException e) {
            return root;
        }
    }

    private static boolean has(JsonObject image, String reference) {
        ImageRef wanted = ImageRef.parse(reference);
        return image.texts("RepoTags").stream()
                .map(ImageRef::parse)
                .anyMatch(tag -> tag.repository().equals(wanted.repository())
                        && tag.registry().equals(wanted.registry())
                        && tag.reference().equals(wanted.reference()));
    }

    private List<Descriptor> layers(TarArchive tar, List<String> files, List<DiffId> diffIds) throws IOException {
        if (files.size() != diffIds.size()) {
            throw new IOException(
                    "the archive has " + files.size() + " layers and the config " + diffIds.size() + " diffIDs");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Descriptor layer = layer(tar, files.get(i), diffIds.get(i));
            names.put(layer.digest(), files.get(i));
            layers.add(layer);
        }
        return layers;
    }

    /**
     * A plain tar has its diffID for a digest, which is checked when it is read; a packed one must be read for it. No media
     * type says xz: what is packed so is given out as a plain tar.
     */
    private Descriptor layer(TarArchive tar, String file, DiffId diffId) throws IOException {
        return switch (Decompression.packing(() -> tar.open(file))) {
            case PLAIN -> new Descriptor(MediaType.DOCKER_LAYER_TAR, diffId.digest(), tar.size(file));
            case GZIP -> packed(tar, file, MediaType.DOCKER_LAYER_GZIP);
            case ZSTD -> packed(tar, file, MediaType.LAYER_ZSTD);
            case XZ -> {
                toUnpack.add(diffId.digest());
                yield new Descriptor(MediaType.DOCKER_LAYER_TAR, diffId.digest(), sizeUnpacked(tar, file));
            }
        };
    }

    private static long sizeUnpacked(TarArchive tar, String file) throws IOException {
        try (InputStream in = Decompression.open(tar.open(file))) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Descriptor packed(TarArchive tar, String file, MediaType type) throws IOException {
        MessageDigest hash = Digest.newSha256();
        try (InputStream in = new DigestInputStream(tar.open(file), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Descriptor(type, Digest.of(hash), tar.size(file));
    }

    @Override
    public Descriptor root() {
        return root;
    }

    @Override
    public BlobSource blobs() {
        return new BlobSource() {
            @Override
            public boolean contains(Digest digest) {
                return root.digest().equals(digest) || names.containsKey(digest);
            }

            @Override
            public Blob get(Digest digest) throws IOException {
                if (root.digest().equals(digest)) {
                    return manifest;
                }
                String name = names.get(digest);
                if (name == null) {
                    throw new NoSuchFileException(archive.name(), null, "the archive lacks " + digest);
                }
                return () -> new VerifyingInputStream(
                        toUnpack.contains(digest) ? Decompression.open(archive.open(name)) : archive.open(name),
                        digest);
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
