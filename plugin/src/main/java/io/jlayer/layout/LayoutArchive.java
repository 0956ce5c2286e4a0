// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.OciJson;
import io.jlayer.tar.TarArchive;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** An image in a layout that is one tar. Every byte read is checked. */
final class LayoutArchive implements RawImage {

    private final ArchiveFile archive;
    private final Descriptor root;
    private final Blob index;

    private LayoutArchive(ArchiveFile archive, Descriptor root, byte[] index) {
        this.archive = archive;
        this.root = root;
        this.index = Blob.of(index);
    }

    /** Finds an image by its name in the layout; the archive is closed with it. */
    static LayoutArchive open(ArchiveFile archive, Optional<String> name) throws IOException {
        try (TarArchive tar = archive.open()) {
            byte[] mark = tar.read(LayoutIndex.MARK_FILE, OciJson.MAX_DOCUMENT_BYTES);
            byte[] index = tar.read(LayoutIndex.INDEX_FILE, OciJson.MAX_DOCUMENT_BYTES);
            return new LayoutArchive(archive, LayoutIndex.parse(mark, index).select(name, index), index);
        } catch (FileNotFoundException e) {
            throw new IOException(archive.name() + " is no OCI archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("read " + archive.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Descriptor root() {
        return root;
    }

    @Override
    public BlobSource blobs() {
        return new BlobSource() {
            @Override
            public boolean contains(Digest digest) throws IOException {
                try (TarArchive tar = archive.open()) {
                    return tar.has(LayoutIndex.blobPath(digest))
                            || root.digest().equals(digest);
                }
            }

            @Override
            public Blob get(Digest digest) throws IOException {
                String name = LayoutIndex.blobPath(digest);
                try (TarArchive tar = archive.open()) {
                    if (tar.has(name)) {
                        return () -> new VerifyingInputStream(archive.open(name), digest);
                    }
                }
                if (root.digest().equals(digest)) {
                    return index;
                }
                throw new NoSuchFileException(archive.name(), null, "the archive lacks blob " + digest);
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
