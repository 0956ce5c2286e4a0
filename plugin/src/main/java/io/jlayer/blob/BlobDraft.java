// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * A blob that is being written: counts and hashes what passes, and becomes visible, whole, by a commit. Closing without
 * one discards it. For one thread.
 */
public abstract class BlobDraft extends OutputStream {

    private MessageDigest hash = Digest.newSha256();
    private String algorithm = "sha256";
    private long size;
    private boolean committed;

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        writeThrough(bytes, offset, length);
        hash.update(bytes, offset, length);
        size += length;
    }

    /** Hashes in the way of a digest that is expected; to be called before anything is written. */
    final void hashAs(Digest expected) {
        hash = expected.newHash();
        algorithm = expected.algorithm();
    }

    /** Bytes written up to now. */
    public final long size() {
        return size;
    }

    /** Makes the blob visible under the digest of what was written, and says which that is. */
    public final Descriptor commit(MediaType mediaType) throws IOException {
        Descriptor descriptor = new Descriptor(mediaType, Digest.of(hash), size);
        committed = true;
        publish(descriptor.digest());
        return descriptor;
    }

    /**
     * Makes the blob visible if it is what was expected.
     *
     * @throws DamagedBlobException if it is not; then the draft is discarded
     */
    public final void commit(Descriptor expected) throws IOException {
        if (!expected.digest().algorithm().equals(algorithm)) {
            throw new IOException("store " + expected.digest() + ": what was written was hashed as " + algorithm);
        }
        committed = true;
        Digest actual = Digest.of(hash);
        if (!actual.equals(expected.digest()) || size != expected.size()) {
            discard();
            throw new DamagedBlobException(
                    expected.digest(),
                    "it has " + size + " bytes with digest " + actual + ", expected " + expected.size() + " bytes");
        }
        publish(actual);
    }

    @Override
    public final void close() throws IOException {
        if (!committed) {
            discard();
        }
    }

    /** Keeps some bytes for now. */
    protected abstract void writeThrough(byte[] bytes, int offset, int length) throws IOException;

    /** Makes what was written visible under its digest, durably. */
    protected abstract void publish(Digest digest) throws IOException;

    /** Drops what was written. */
    protected abstract void discard() throws IOException;
}
