// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileState;
import io.jlayer.image.ImageDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes an image as an OCI image layout in one tar. The same image gives the same tar. It appears under its name when
 * it is whole.
 *
 * @param file the tar
 * @param names of the image in it
 * @param store where layers are kept
 */
public record LayoutArchiveTarget(Path file, List<String> names, BlobStore store) implements ArchiveTarget {

    @Override
    public Optional<FileState> replace(ImageDocuments image) throws IOException {
        try (ArchiveDraft archive = new ArchiveDraft(file)) {
            archive.tar().add(LayoutIndex.MARK_FILE, LayoutIndex.MARK.getBytes(UTF_8));
            archive.tar()
                    .add(
                            LayoutIndex.INDEX_FILE,
                            LayoutIndex.of(image.root(), names).toBytes());
            archive.tar().addBlobs(blobs(image, store));
            return archive.commit();
        } catch (IOException e) {
            throw new IOException("write " + file + ": " + e.getMessage(), e);
        }
    }

    /** All blobs of an image, by their place in a layout, with their sizes. */
    static SortedMap<String, ArchiveTar.SizedBlob> blobs(ImageDocuments image, BlobStore store) {
        SortedMap<String, ArchiveTar.SizedBlob> blobs = new TreeMap<>();
        image.layers().forEach((descriptor, layer) -> {
            Blob content = () -> {
                store.put(descriptor, layer.blob());
                return store.get(descriptor.digest()).open();
            };
            blobs.put(LayoutIndex.blobPath(descriptor.digest()), new ArchiveTar.SizedBlob(descriptor.size(), content));
        });
        for (ImageDocuments.Document document : image.documents()) {
            blobs.put(
                    LayoutIndex.blobPath(document.descriptor().digest()),
                    new ArchiveTar.SizedBlob(document.descriptor().size(), document.blob()));
        }
        return blobs;
    }
}
