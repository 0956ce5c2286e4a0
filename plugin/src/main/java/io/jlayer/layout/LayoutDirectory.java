// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.OciJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** An image in a layout that is a directory. Every byte read is checked. */
public final class LayoutDirectory implements RawImage {

    private final Path directory;
    private final Descriptor root;
    private final Blob index;

    private LayoutDirectory(Path directory, Descriptor root, byte[] index) {
        this.directory = directory;
        this.root = root;
        this.index = Blob.of(index);
    }

    /**
     * Finds an image by its name in the layout.
     *
     * @throws IOException if there is no layout, or no such image in it
     */
    public static LayoutDirectory open(Path directory, Optional<String> name) throws IOException {
        try {
            byte[] mark = small(directory.resolve(LayoutIndex.MARK_FILE));
            byte[] index = small(directory.resolve(LayoutIndex.INDEX_FILE));
            Descriptor root = LayoutIndex.parse(mark, index).select(name, index);
            return new LayoutDirectory(directory, root, index);
        } catch (NoSuchFileException e) {
            if (!Files.exists(directory)) {
                throw new IOException("there is no directory " + directory, e);
            }
            throw new IOException(
                    directory + " is no OCI image layout: there is no "
                            + FileNames.of(e.getFile()).getFileName() + " in it",
                    e);
        } catch (IOException e) {
            throw new IOException("read " + directory + ": " + e.getMessage(), e);
        }
    }

    private static byte[] small(Path file) throws IOException {
        if (Files.size(file) > OciJson.MAX_DOCUMENT_BYTES) {
            throw new IOException(file.getFileName() + " is too big to be read");
        }
        return Files.readAllBytes(file);
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
                return isIndex(digest) || Files.isRegularFile(file(digest));
            }

            @Override
            public Blob get(Digest digest) {
                return isIndex(digest) ? index : () -> verified(digest);
            }
        };
    }

    /** The index itself is the root where it stands for an image of several platforms. */
    private boolean isIndex(Digest digest) {
        return root.digest().equals(digest) && !Files.exists(file(digest));
    }

    private InputStream verified(Digest digest) throws IOException {
        try {
            InputStream in = Files.newInputStream(file(digest));
            return new VerifyingInputStream(new BufferedInputStream(in, 1 << 16), digest);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file(digest).toString(), null, "the layout lacks blob " + digest);
        }
    }

    private Path file(Digest digest) {
        return directory.resolve(LayoutIndex.blobPath(digest));
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
