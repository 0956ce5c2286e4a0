// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.oci.Descriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedBlocksTest {

    private static final int FILES = 400;

    @TempDir
    Path directory;

    private final Workers workers = new Workers(2);
    private final Random random = new Random(6);
    private Store store;
    private Path classes;
    private int taken;

    @BeforeEach
    void makeFiles() throws IOException {
        store = Store.open(directory.resolve("store"));
        classes = Files.createDirectories(directory.resolve("classes"));
        for (int i = 0; i < FILES; i++) {
            Files.write(file(i), text(2000 + random.nextInt(9000)));
        }
    }

    @AfterEach
    void endWorkers() {
        workers.close();
    }

    private Path file(int number) {
        return classes.resolve("Class" + number + ".class");
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(12));
        }
        return text;
    }

    private LayerSpec spec() throws IOException {
        FileDigests digests = FileDigests.open(store, directory);
        List<FileEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                LayerPath path = LayerPath.of("app/classes/" + file.getFileName());
                entries.add(new FileEntry.Regular(path, Metadata.FILE, new LocalFile(file, digests)));
            }
        }
        return new LayerSpec("classes", entries);
    }

    /** Writes what the files are now, and requires the bytes that a machine that has seen nothing gives. */
    private Descriptor write() throws IOException {
        LayerSpec spec = spec();
        Descriptor written;
        try (PackedBlocks earlier = PackedBlocks.open(store, spec);
                LayerDraft draft = new LayerDraft(store.blobs(), Compression.GZIP, workers, Optional.of(earlier))) {
            draft.write(spec);
            written = draft.commit().descriptor();
            taken = earlier.taken();
        }
        Store fresh = Store.open(directory.resolve("fresh"));
        assertThat(new LayerWriter(fresh.blobs(), Compression.GZIP, workers)
                        .write(spec)
                        .descriptor())
                .isEqualTo(written);
        return written;
    }

    private int writeEqual() throws IOException {
        write();
        return taken;
    }

    @Test
    void equalBlocksAreTakenFromTheLayerBefore() throws IOException {
        assertThat(writeEqual()).isZero();
        assertThat(writeEqual()).isGreaterThan(6);
    }

    /** The block with the change, the one behind it, which may refer to the changed bytes, and one if an edge moves. */
    @Test
    void oneChangedFileCostsThreeBlocksAtMost() throws IOException {
        write();
        int all = writeEqual();
        for (int number : new int[] {0, 7, 123, 399}) {
            Files.write(file(number), text(1 + random.nextInt(5000)));
            assertThat(writeEqual()).as("file %s", number).isGreaterThanOrEqualTo(all - 3);
        }
    }

    @Test
    void aNewFileAndALostOneMoveNoOtherBlocks() throws IOException {
        write();
        int all = writeEqual();
        Files.write(file(FILES + 5), text(777));
        assertThat(writeEqual()).isGreaterThanOrEqualTo(all - 3);
        Files.delete(file(200));
        assertThat(writeEqual()).isGreaterThanOrEqualTo(all - 4);
    }

    @Test
    void whateverBecameOfTheLayerBeforeWrongBytesAreNeverTaken() throws IOException {
        Descriptor before = write();
        Path blob = store.blobs().file(before.digest());
        assertThat(blob.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile damaged = new RandomAccessFile(blob.toFile(), "rw")) {
            for (long at = 100; at < before.size(); at += before.size() / 60) {
                damaged.seek(at);
                damaged.write('!');
            }
        }
        Files.write(file(3), text(400));
        assertThat(writeEqual()).isLessThan(2);
    }

    @Test
    void aLayerThatWasRemovedIsNotMissed() throws IOException {
        Files.delete(store.blobs().file(write().digest()));
        assertThat(writeEqual()).isZero();
        assertThat(writeEqual()).isGreaterThan(6);
    }

    @Test
    void damagedRecordsCountAsMissing() throws IOException {
        write();
        try (Stream<Path> records = Files.list(directory.resolve("store/records/blocks-v1"))) {
            for (Path record : records.toList()) {
                byte[] bytes = Files.readAllBytes(record);
                bytes[bytes.length / 2]++;
                Files.write(record, bytes);
            }
        }
        assertThat(writeEqual()).isZero();
    }

    @Test
    void anotherLevelIsAnotherBlock() throws IOException {
        write();
        LayerSpec spec = spec();
        try (PackedBlocks earlier = PackedBlocks.open(store, spec);
                LayerDraft draft =
                        new LayerDraft(store.blobs(), Compression.GZIP.withLevel(1), workers, Optional.of(earlier))) {
            draft.write(spec);
            draft.commit();
            assertThat(earlier.taken()).isZero();
        }
    }

    /** Any series of changes: {@link #write} compares each time. */
    @Test
    void theBytesNeverDependOnWhatWasBefore() throws IOException {
        for (int round = 0; round < 8; round++) {
            for (int change = random.nextInt(6); change >= 0; change--) {
                Path file = file(random.nextInt(FILES + 20));
                if (random.nextInt(3) == 0) {
                    Files.deleteIfExists(file);
                } else {
                    Files.write(file, text(random.nextInt(400_000)));
                }
            }
            write();
        }
    }
}
