// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store without a disk, for tests; keeps the contract of every other. */
public final class MemoryStore implements BlobStore {

    private final Map<Digest, byte[]> blobs = new ConcurrentSkipListMap<>();

    /** The bytes behind a digest, as they are now; changing them damages the blob. */
    public byte[] bytes(Digest digest) {
        return blobs.get(digest);
    }

    /** How many blobs there are. */
    public int count() {
        return blobs.size();
    }

    /** Puts bytes under a digest that may not be theirs. */
    public void falsify(Digest digest, byte[] content) {
        blobs.put(digest, content);
    }

    /** Forgets a blob. */
    public void lose(Digest digest) {
        blobs.remove(digest);
    }

    @Override
    public boolean contains(Digest digest) {
        byte[] content = blobs.get(digest);
        if (content != null && !digest.matches(digest.newHash().digest(content))) {
            blobs.remove(digest, content);
            return false;
        }
        return content != null;
    }

    @Override
    public Blob get(Digest digest) throws IOException {
        byte[] content = blobs.get(digest);
        if (content == null) {
            throw new NoSuchFileException(digest.toString(), null, "blob is not in the store");
        }
        return () -> new VerifyingInputStream(Blob.of(content).open(), digest);
    }

    @Override
    public BlobDraft draft() {
        return new Draft();
    }

    private final class Draft extends BlobDraft {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        @Override
        protected void writeThrough(byte[] from, int offset, int length) throws IOException {
            requireOpen();
            bytes.write(from, offset, length);
        }

        @Override
        protected void publish(Digest digest) throws IOException {
            requireOpen();
            ended = true;
            blobs.put(digest, bytes.toByteArray());
        }

        private void requireOpen() throws IOException {
            if (ended) {
                throw new IOException("the draft has ended");
            }
        }

        @Override
        protected void discard() {
            ended = true;
        }
    }
}
