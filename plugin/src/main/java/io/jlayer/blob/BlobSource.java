// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Where blobs can be read by their digest. Safe for use by many threads. */
public interface BlobSource {

    /**
     * Whether the blob is here and sound. A blob that was found damaged is not, so that its maker makes it again.
     *
     * @throws IOException if the source cannot be asked
     */
    boolean contains(Digest digest) throws IOException;

    /**
     * The blob, whose streams check what they give: at the end, or earlier, reading fails with {@link DamagedBlobException}
     * if the bytes do not hash to {@code digest}. Nothing read is to be trusted before the end was reached.
     *
     * @throws java.nio.file.NoSuchFileException if it is not here
     */
    Blob get(Digest digest) throws IOException;

    /**
     * Puts a blob into a store, unless it is there. Where a source has a blob from more than one place, what is wrong at one
     * is fetched from the next: nobody has read anything of it yet.
     *
     * @throws DamagedBlobException if it is nowhere as {@code descriptor} says; nothing is stored then
     */
    default void putInto(BlobStore store, Descriptor descriptor) throws IOException {
        store.put(descriptor, () -> get(descriptor.digest()).open()); // not asked for what is there
    }

    /**
     * Reads a whole small blob, such as a manifest, into memory.
     *
     * @throws IOException if it is not as {@code descriptor} says, or larger than {@code limit} bytes
     */
    default byte[] readSmall(Descriptor descriptor, int limit) throws IOException {
        if (descriptor.size() > limit) {
            throw new IOException("read " + descriptor.digest() + ": its " + descriptor.size()
                    + " bytes are more than the " + limit + " that such a document may have");
        }
        try (InputStream in = new VerifyingInputStream(get(descriptor.digest()).open(), descriptor)) {
            return in.readAllBytes();
        }
    }
}
