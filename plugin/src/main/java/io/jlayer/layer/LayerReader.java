// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BulkInputStream;
import io.jlayer.blob.DamagedBlobException;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarForm;
import io.jlayer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads a layer: unpacks it, gives each entry of its tar with a path that cannot leave the root, and checks the diffID
 * when asked for the rest. For one thread.
 */
public final class LayerReader implements AutoCloseable {

    private final Blob packed;
    private final InputStream unpacked;
    private final HashingInput tarBytes;
    /** The same bytes, as the tar gets them. */
    private final InputStream bytes;

    private final TarReader tar;

    private LayerReader(Blob packed, InputStream unpacked, boolean ahead) {
        this.packed = packed;
        this.unpacked = unpacked;
        tarBytes = new HashingInput(packed, unpacked);
        bytes = ahead ? new ReadAhead(tarBytes) : tarBytes;
        tar = new TarReader(bytes);
    }

    /** Opens a packed layer. */
    public static LayerReader open(Blob packed) throws IOException {
        return open(packed, false);
    }

    /** As {@link #open}, for who has much to do with each entry: a thread of its own unpacks and hashes meanwhile. */
    public static LayerReader openAhead(Blob packed) throws IOException {
        return open(packed, true);
    }

    private static LayerReader open(Blob packed, boolean ahead) throws IOException {
        InputStream in = packed.open();
        try {
            return new LayerReader(packed, Decompression.open(in), ahead);
        } catch (IOException e) {
            in.close();
            throw judged(packed, e);
        }
    }

    /**
     * Damaged bytes mostly fail to unpack before their end is reached, where they are found to be damaged: so they are read
     * once more. Who keeps them hears of it, and can make them again.
     */
    private static IOException judged(Blob packed, IOException failure) {
        if (failure instanceof DamagedBlobException || failure instanceof InterruptedIOException) {
            return failure;
        }
        try (InputStream in = packed.open()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (DamagedBlobException damage) {
            damage.addSuppressed(failure);
            return damage;
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /**
     * One entry of a layer.
     *
     * @param path where it is, checked
     * @param tar what the tar says of it; its name is to be left alone
     * @param whiteout what it hides, if it is a whiteout
     */
    public record Entry(LayerPath path, TarEntry tar, Optional<FileEntry> whiteout) {

        public Metadata metadata() {
            return new Metadata(tar.mode(), tar.uid(), tar.gid(), tar.mtime(), tar.xattrs());
        }
    }

    /**
     * Goes on to the next entry; empty at the end.
     *
     * @throws IOException if the layer is broken, has a path that would leave the root or a whiteout of nothing
     */
    public Optional<Entry> next() throws IOException {
        Optional<TarEntry> entry = nextInTar();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try {
            LayerPath path = LayerPath.of(entry.get().name());
            return Optional.of(new Entry(path, entry.get(), Whiteouts.parse(path)));
        } catch (IllegalArgumentException e) {
            throw new IOException("read layer: " + e.getMessage(), e);
        }
    }

    private Optional<TarEntry> nextInTar() throws IOException {
        try {
            return tar.next();
        } catch (IOException e) {
            throw judged(packed, e);
        }
    }

    /** How the current entry stands in the tar. */
    public TarForm form() {
        return tar.form();
    }

    /** The bytes of the current entry. Must not be closed. */
    public InputStream content() {
        return tar.content();
    }

    /**
     * Reads to the end of the tar, past all entries, and checks what it hashed to.
     *
     * @throws DamagedBlobException if that is not {@code expected}
     */
    public void verify(DiffId expected) throws IOException {
        Digest actual = finish().digest();
        if (!actual.equals(expected.digest())) {
            throw new DamagedBlobException(expected.digest(), "the layer unpacks to a tar with digest " + actual);
        }
    }

    /** Reads to the end of the tar and says what it hashed to. To be called once. */
    public DiffId finish() throws IOException {
        bytes.transferTo(OutputStream.nullOutputStream());
        return new DiffId(Digest.of(tarBytes.hash));
    }

    /** Bytes of tar; to be asked after {@link #finish}. */
    public long tarSize() {
        return tarBytes.size;
    }

    /** How many of its {@code size} packed bytes follow on the last gzip member; to be asked after {@link #finish}. */
    public long bytesBehindGzip(long size) {
        return unpacked instanceof GzipMembers members ? size - members.packedSize() : 0;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static final class HashingInput extends BulkInputStream {

        private final Blob packed;
        private final InputStream in;
        private final MessageDigest hash = Digest.newSha256();
        private long size;

        HashingInput(Blob packed, InputStream in) {
            this.packed = packed;
            this.in = in;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = unpacked(bytes, offset, length);
            if (count > 0) {
                hash.update(bytes, offset, count);
                size += count;
            }
            return count;
        }

        private int unpacked(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw judged(packed, e);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
