// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Store;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Compression;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.tar.TarArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an engine saved of one of its images: an archive of {@code docker save}, an OCI image layout, or both in one tar, as
 * docker has it since version 25.
 *
 * <p>An engine that keeps images as containerd does knows this one by its manifest or index: then all stays as it is. Others
 * keep but the config, whose digest is the image's id, and unpacked layers: those are packed here, so that equal images give
 * equal layers whatever saved them, and the manifest is made up.
 *
 * @param file the tar
 * @param id by which the engine knows the image
 * @param diffIds of its layers, as the engine says
 * @param store takes the image
 */
public record SavedImage(Path file, Digest id, List<DiffId> diffIds, Store store) {

    public SavedImage {
        diffIds = List.copyOf(diffIds);
    }

    /**
     * What the store has of an image.
     *
     * @param root its manifest or index
     * @param blobs all that it is made of
     * @param whole whether that is all of it; else the engine may get more, for other platforms, under the same id
     */
    public record Kept(Descriptor root, List<Digest> blobs, boolean whole) {

        public Kept {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * Brings the image into the store, as a whole.
     *
     * @throws IOException if the file is cut off or damaged, or holds another image
     */
    public Kept keep() throws IOException {
        try (ArchiveFile archive = ArchiveFile.of(file, store)) {
            boolean layout = has(archive, LayoutIndex.MARK_FILE);
            if (layout) {
                RawImage whole = LayoutArchive.open(archive, Optional.empty());
                if (whole.root().digest().equals(id)) {
                    return asItIs(whole);
                }
            }
            // Where there are both, they say the same; this one is there in all versions.
            RawImage image = !layout || has(archive, DockerArchive.MANIFEST_FILE)
                    ? DockerArchive.open(archive, Optional.empty())
                    : LayoutArchive.open(archive, Optional.empty());
            Manifest manifest =
                    Manifest.parse(read(image, image.root()), image.root().mediaType());
            if (manifest.config().digest().equals(id)) {
                return packed(image, manifest);
            }
            // Docker 24 to 26, on containerd, gives of an image for many platforms the manifest of the only one it has.
            if (layout && configOf(image, manifest).diffIds().equals(diffIds)) {
                return asItIs(LayoutArchive.open(archive, Optional.empty()));
            }
            throw new IOException("what was saved is another image than " + id);
        } catch (IllegalArgumentException e) {
            throw new IOException("read what was saved of " + id + ": " + e.getMessage(), e);
        }
    }

    private static boolean has(ArchiveFile archive, String name) throws IOException {
        try (TarArchive tar = archive.open()) {
            return tar.has(name);
        }
    }

    private static byte[] read(RawImage image, Descriptor document) throws IOException {
        return image.blobs().readSmall(document, OciJson.MAX_DOCUMENT_BYTES);
    }

    private static ImageConfig configOf(RawImage image, Manifest manifest) throws IOException {
        return ImageConfig.parse(read(image, manifest.config()));
    }

    private Kept asItIs(RawImage image) throws IOException {
        ImageCopy copy = new ImageCopy(image.blobs(), store.blobs());
        Descriptor root = copy.of(image.root())
                .orElseThrow(() -> new IOException("what was saved of " + id + " lacks what it is made of"));
        return new Kept(root, copy.blobs(), root.digest().equals(id));
    }

    private Kept packed(RawImage image, Manifest manifest) throws IOException {
        List<DiffId> contents = configOf(image, manifest).diffIds();
        if (manifest.lowestFirst().size() != contents.size()) {
            throw new IOException("what was saved of " + id + " has "
                    + manifest.lowestFirst().size() + " layers, and its config " + contents.size());
        }
        List<Descriptor> layers = new ArrayList<>();
        List<Digest> blobs = new ArrayList<>();
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            LayerWriter writer = new LayerWriter(store.blobs(), Compression.GZIP, workers);
            PackedTars tars = new PackedTars(store, writer, store.blobs());
            for (int i = 0; i < contents.size(); i++) {
                Descriptor saved = manifest.lowestFirst().get(i);
                Descriptor layer = tars.layer(
                                () -> image.blobs().get(saved.digest()).open(), contents.get(i))
                        .descriptor();
                layers.add(layer.withMediaType(layer.mediaType().in(manifest.format())));
                blobs.add(layer.digest());
            }
        }
        MediaType config = manifest.config().mediaType();
        blobs.add(store.blobs().put(config, read(image, manifest.config())).digest());
        Manifest made = new Manifest(manifest.format(), manifest.config(), layers, manifest.annotations());
        Descriptor root = store.blobs().put(made.mediaType(), made.toBytes());
        blobs.add(root.digest());
        return new Kept(root, blobs, true);
    }
}
