// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * An image as {@code docker load} reads it: blobs, and the {@code manifest.json} that all versions of docker, podman and
 * skopeo look for. It is no OCI image layout besides, since podman would then take it for one and lose the names.
 *
 * @param image the image
 * @param names what it is to be called where it is loaded, as {@code shop/app:1.0}
 * @param store where layers are kept
 */
public record DockerArchiveTar(ImageDocuments image, List<String> names, BlobStore store) {

    /**
     * Knows how to write one image.
     *
     * @throws IllegalArgumentException if it is for several platforms
     */
    public DockerArchiveTar {
        names = List.copyOf(names);
        if (image.platforms().size() != 1) {
            throw new IllegalArgumentException("a docker-archive holds an image for one platform, and this is for "
                    + image.platforms().size() + "; use oci-archive:");
        }
    }

    /**
     * Writes the tar, and leaves {@code out} open.
     *
     * @param held how many layers, from the lowest, are left out, since who reads it has them
     */
    public void write(OutputStream out, int held) throws IOException {
        ArchiveTar tar = new ArchiveTar(out);
        write(tar, held);
        tar.close(); // only now: what is cut off must not look whole
    }

    /**
     * The same as a layout besides, which containerd prefers, since it finds a manifest there and need not make one up: the
     * image keeps its digest.
     */
    public void writeWithLayout(OutputStream out) throws IOException {
        ArchiveTar tar = new ArchiveTar(out);
        tar.add(LayoutIndex.MARK_FILE, LayoutIndex.MARK.getBytes(UTF_8));
        tar.add(
                LayoutIndex.INDEX_FILE,
                LayoutIndex.forContainerd(image.root(), names).toBytes());
        write(tar, 0);
        tar.close();
    }

    void write(ArchiveTar tar, int held) throws IOException {
        SortedMap<String, ArchiveTar.SizedBlob> blobs = LayoutArchiveTarget.blobs(image, store);
        List<Descriptor> layers = manifest().lowestFirst();
        List<Descriptor> sent = layers.subList(held, layers.size());
        for (Descriptor layer : layers.subList(0, held)) {
            if (!sent.contains(layer)) {
                blobs.remove(LayoutIndex.blobPath(layer.digest()));
            }
        }
        tar.add("manifest.json", list().getBytes(UTF_8));
        tar.addBlobs(blobs);
    }

    private Manifest manifest() {
        return image.platforms().get(0).manifest();
    }

    private String list() {
        List<String> layers = new ArrayList<>();
        for (Descriptor layer : manifest().lowestFirst()) {
            layers.add(LayoutIndex.blobPath(layer.digest()));
        }
        JsonObject line = JsonObject.EMPTY
                .with("Config", LayoutIndex.blobPath(manifest().config().digest()))
                .with("RepoTags", names)
                .with("Layers", layers);
        return "[" + line + "]";
    }
}
