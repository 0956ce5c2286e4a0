// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * Blobs as files named by their digest.
 *
 * <p>A blob that was seen whole carries a seal: the modification time {@link #SEAL}, which no program gives a file that it
 * writes to. So a blob that was cut off, overwritten or half restored is noticed by a look at its attributes; it is then
 * hashed, and sealed again or removed. Reading checks every byte in any case.
 *
 * <p>A blob is synced before it gets its name, so a name that survives a crash stands for whole content.
 */
public final class FileBlobStore implements BlobStore {

    /** 1 January 2000: round in every file system's clock. */
    static final FileTime SEAL = FileTime.fromMillis(946_684_800_000L);

    private final Path sha256;
    private final Path tmp;
    private final StoreUsers users;

    /** Both directories must exist, on one file system; blobs with other digests lie beside {@code sha256}. */
    FileBlobStore(Path sha256, Path tmp, StoreUsers users) {
        this.sha256 = sha256;
        this.tmp = tmp;
        this.users = users;
    }

    /** The file of a blob, there or not; it must not be written to. */
    public Path file(Digest digest) {
        return directory(digest).resolve(digest.hex());
    }

    private Path directory(Digest digest) {
        return isUsual(digest) ? sha256 : sha256.resolveSibling(digest.algorithm());
    }

    private static boolean isUsual(Digest digest) {
        return digest.algorithm().equals("sha256");
    }

    /** Whether the blob is here and sound, and stays as long as the store is open; one found damaged is removed. */
    @Override
    public boolean contains(Digest digest) throws IOException {
        Path file = file(digest);
        try {
            BasicFileAttributes look = Files.readAttributes(file, BasicFileAttributes.class);
            boolean sound = look.lastModifiedTime().equals(SEAL) || sealIfSound(file, digest, look);
            return sound && users.noteUse(file, look.lastAccessTime());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean sealIfSound(Path file, Digest digest, BasicFileAttributes look) throws IOException {
        try (InputStream in = verified(file, digest)) {
            if (!isSound(in)) {
                removeDamaged(file, look);
                return false;
            }
        }
        Files.setLastModifiedTime(file, SEAL);
        return true;
    }

    private static InputStream verified(Path file, Digest digest) throws IOException {
        return new VerifyingInputStream(Files.newInputStream(file), digest);
    }

    /** Whether the file holds what the digest says; reads all of it. */
    static boolean isSound(Path file, Digest digest) throws IOException {
        try (InputStream in = verified(file, digest)) {
            return isSound(in);
        }
    }

    private static boolean isSound(InputStream in) throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (DamagedBlobException e) {
            return false;
        }
    }

    /**
     * Removes a file that was found damaged, and not what another process has put in its place meanwhile: nothing gets a
     * name while the gate is shut, and while the damaged one is still open, no other file has its key.
     *
     * @param look how it looked before it was opened
     */
    private void removeDamaged(Path file, BasicFileAttributes look) throws IOException {
        users.alone(oldest -> {
            try {
                if (isSame(look, Files.readAttributes(file, BasicFileAttributes.class))) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                return; // another process has removed it
            }
        });
    }

    private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return Objects.equals(one.fileKey(), other.fileKey())
                && one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime());
    }

    /** The blob; a damaged one is removed when reading comes upon it, so that the next build makes it again. */
    @Override
    public Blob get(Digest digest) throws IOException {
        Path file = file(digest);
        if (!contains(digest)) {
            throw new NoSuchFileException(file.toString(), null, "blob " + digest + " is not in the store");
        }
        return () -> {
            BasicFileAttributes look = Files.readAttributes(file, BasicFileAttributes.class);
            InputStream content = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            return new RemovingIfDamaged(new VerifyingInputStream(content, digest), file, look);
        };
    }

    /** What is stored already has a size, too, and it may be another than is said of it. */
    @Override
    public void put(Descriptor expected, Blob content) throws IOException {
        if (!contains(expected.digest())) {
            BlobStore.super.put(expected, content);
            return;
        }
        long size = Files.size(file(expected.digest()));
        if (size != expected.size()) {
            throw new DamagedBlobException(expected.digest(), "it has " + size + " bytes, expected " + expected.size());
        }
    }

    @Override
    public BlobDraft draft() throws IOException {
        return new FileBlobDraft(DraftName.in(tmp, "blob-"), this);
    }

    /** Gives a whole, synced file its name; the file is gone from where it was. */
    void adopt(Path draft, Digest digest) throws IOException {
        PrivateFiles.makeReadOnly(draft);
        Files.getFileAttributeView(draft, BasicFileAttributeView.class).setTimes(SEAL, users.now(), null);
        Path file = file(digest);
        if (contains(digest)) {
            Files.delete(draft);
            return;
        }
        if (!isUsual(digest)) {
            Files.createDirectories(directory(digest));
        }
        try {
            users.publish(draft, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft); // on Windows: another process was quicker, with the same bytes
            return;
        }
    }

    private final class RemovingIfDamaged extends BulkInputStream {

        private final InputStream in;
        private final Path file;
        private final BasicFileAttributes look;

        RemovingIfDamaged(InputStream in, Path file, BasicFileAttributes look) {
            this.in = in;
            this.file = file;
            this.look = look;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (DamagedBlobException e) {
                throw removed(e);
            }
        }

        private DamagedBlobException removed(DamagedBlobException e) throws IOException {
            removeDamaged(file, look);
            return e;
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
