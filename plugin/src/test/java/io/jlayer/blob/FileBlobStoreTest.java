// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {

    private static final byte[] CONTENT = "content".repeat(10_000).getBytes(UTF_8);

    @TempDir
    Path root;

    private FileBlobStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = Store.open(root).blobs();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected int visible() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return (int) files.filter(file -> Files.isRegularFile(file) && !file.endsWith(StoreUsers.FILE))
                    .count();
        }
    }

    /** With its old times, so that only its bytes tell. */
    @Override
    protected void damage(Digest digest) throws IOException {
        Path file = store.file(digest);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        FileTime before = Files.getLastModifiedTime(file);
        overwrite(file, bytes);
        Files.setLastModifiedTime(file, before);
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes);
    }

    @Test
    void aBlobIsReadOnlyAndSealed() throws IOException {
        Path file = store.file(store.put(MediaType.LAYER_TAR, CONTENT).digest());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--r--r--");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileBlobStore.SEAL);
    }

    @Test
    void aBlobThatWasCutOffIsMissing() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        overwrite(store.file(blob.digest()), new byte[0]);
        assertThat(store.contains(blob.digest())).isFalse();
        assertThat(store.file(blob.digest())).doesNotExist();
        store.put(MediaType.LAYER_TAR, CONTENT);
        assertThat(store.file(blob.digest())).hasBinaryContent(CONTENT);
    }

    @Test
    void aBlobThatGrewIsMissing() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        overwrite(store.file(blob.digest()), ("more " + new String(CONTENT, UTF_8)).getBytes(UTF_8));
        assertThat(store.contains(blob.digest())).isFalse();
    }

    @Test
    void aChangedByteWithTheOldTimeIsNoticedByReading() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        damage(blob.digest());
        try (InputStream in = store.get(blob.digest()).open()) {
            assertThat(in.readNBytes(10)).hasSize(10);
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
        }
        assertThat(store.file(blob.digest())).doesNotExist();
    }

    /** Another process may have found the damage first, and made the blob anew. */
    @Test
    void whatTookTheDamagedOnesPlaceStays() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        Path file = store.file(blob.digest());
        damage(blob.digest());
        try (InputStream in = store.get(blob.digest()).open()) {
            assertThat(in.readNBytes(10)).hasSize(10);
            Path sound = Files.write(root.resolve("tmp/sound"), CONTENT);
            Files.setLastModifiedTime(sound, FileBlobStore.SEAL);
            Files.move(sound, file, StandardCopyOption.ATOMIC_MOVE);
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
        }
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(store.contains(blob.digest())).isTrue();
    }

    @Test
    void whatIsStoredIsNotTakenForSomethingOfAnotherSize() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        store.put(blob, () -> InputStream.nullInputStream());
        Descriptor wrong = new Descriptor(blob.mediaType(), blob.digest(), Long.MAX_VALUE);
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> store.put(wrong, () -> InputStream.nullInputStream()))
                .withMessageContaining("it has " + CONTENT.length + " bytes, expected " + Long.MAX_VALUE);
    }

    @Test
    void damageThatIsSkippedOverIsNoticedAndRemovedToo() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        damage(blob.digest());
        try (InputStream in = store.get(blob.digest()).open()) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> in.skip(Long.MAX_VALUE));
        }
        assertThat(store.file(blob.digest())).doesNotExist();
    }

    @Test
    void aSoundBlobWithoutASealIsSealed() throws IOException {
        Descriptor blob = store.put(MediaType.LAYER_TAR, CONTENT);
        Path file = store.file(blob.digest());
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        assertThat(store.contains(blob.digest())).isTrue();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileBlobStore.SEAL);
    }

    @Test
    void aDraftOfWhatIsThereAlreadyGivesWay() throws IOException {
        store.put(MediaType.LAYER_TAR, CONTENT);
        try (BlobDraft draft = store.draft()) {
            draft.write(CONTENT);
            draft.commit(MediaType.LAYER_TAR);
        }
        assertThat(visible()).isEqualTo(1);
    }
}
