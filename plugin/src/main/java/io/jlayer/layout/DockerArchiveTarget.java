// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileState;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes an image for {@code docker load}: blobs, and the {@code manifest.json} that all versions of docker, podman and
 * skopeo look for. It is no OCI image layout besides, since podman would then take it for one and lose the names. It
 * appears under its name when it is whole.
 *
 * @param file the tar
 * @param names what the image is to be called where it is loaded, as {@code shop/app:1.0}
 * @param store where layers are kept
 */
public record DockerArchiveTarget(Path file, List<String> names, BlobStore store) implements ArchiveTarget {

    @Override
    public Optional<FileState> replace(ImageDocuments image) throws IOException {
        if (image.platforms().size() != 1) {
            throw new IOException(
                    "write " + file + ": a docker-archive holds an image for one platform, and this is for "
                            + image.platforms().size() + "; use oci-archive:");
        }
        try (ArchiveDraft archive = new ArchiveDraft(file)) {
            archive.add("manifest.json", manifest(image).getBytes(UTF_8));
            archive.addBlobs(LayoutArchiveTarget.blobs(image, store));
            return archive.commit();
        } catch (IOException e) {
            throw new IOException("write " + file + ": " + e.getMessage(), e);
        }
    }

    private String manifest(ImageDocuments image) {
        var manifest = image.platforms().get(0).manifest();
        JsonObject line = JsonObject.EMPTY
                .with("Config", LayoutIndex.blobPath(manifest.config().digest()))
                .with("RepoTags", names)
                .with(
                        "Layers",
                        manifest.lowestFirst().stream()
                                .map(layer -> LayoutIndex.blobPath(layer.digest()))
                                .toList());
        return "[" + line + "]";
    }
}
