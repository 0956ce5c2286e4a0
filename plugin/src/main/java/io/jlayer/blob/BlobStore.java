// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;

/**
 * A {@link BlobSource} that takes blobs. Putting is idempotent: that it returns means that the content is stored, not
 * that this call stored it. Safe for use by many threads and, where it is on a disk, by many processes.
 */
public interface BlobStore extends BlobSource {

    /**
     * Begins a blob whose digest is known only when it is written. Until {@link BlobDraft#commit} it is visible to
     * nobody; closed without that, it is gone.
     */
    BlobDraft draft() throws IOException;

    /** Stores bytes that are at hand. */
    default Descriptor put(MediaType mediaType, byte[] content) throws IOException {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        if (!contains(descriptor.digest())) {
            try (BlobDraft draft = draft()) {
                draft.write(content);
                draft.commit(descriptor);
            }
        }
        return descriptor;
    }

    /**
     * Stores what comes from outside, once it is seen to be what {@code expected} says; reads nothing if that is stored
     * already.
     *
     * @throws DamagedBlobException if it is not; nothing is stored then
     */
    default void put(Descriptor expected, Blob content) throws IOException {
        if (contains(expected.digest())) {
            return;
        }
        try (BlobDraft draft = draft();
                InputStream in = content.open()) {
            draft.hashAs(expected.digest());
            byte[] buffer = new byte[64 << 10];
            long left = expected.size() + 1; // one byte too many is enough to know
            int count;
            while (left > 0 && (count = in.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0) {
                draft.write(buffer, 0, count);
                left -= count;
            }
            draft.commit(expected);
        }
    }
}
