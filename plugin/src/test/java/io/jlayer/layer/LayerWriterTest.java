// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.MemoryStore;
import io.jlayer.blob.Store;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerWriterTest {

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore();
    private final Workers workers = new Workers(2);

    @AfterEach
    void endWorkers() {
        workers.close();
    }

    private LayerWriter writer(Compression compression) {
        return new LayerWriter(store, compression, workers);
    }

    private static LayerSpec spec(FileContent... contents) {
        List<FileEntry> entries = new ArrayList<>();
        for (FileContent content : contents) {
            entries.add(new FileEntry.Regular(LayerPath.of("f" + entries.size()), Metadata.FILE, content));
        }
        return new LayerSpec("mine", entries);
    }

    /** Zeros of another length than is said, or whose reading fails at the end. */
    private record Odd(long size, int length, boolean failing) implements FileContent {

        @Override
        public Digest digest() {
            return Digest.sha256(new byte[length]);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[length]) {
                @Override
                public synchronized int read(byte[] to, int offset, int most) {
                    int count = super.read(to, offset, most);
                    if (count < 0 && failing) {
                        throw new UncheckedIOException(new IOException("the disk is gone"));
                    }
                    return count;
                }
            };
        }
    }

    @Test
    void aFailureLeavesNothingInTheStore() {
        int length = 2_000_000;
        for (Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.ZSTD)) {
            LayerWriter writer = writer(compression);
            assertThatIOException()
                    .isThrownBy(() -> writer.write(spec(new Odd(length + 1, length, false))))
                    .withMessageContaining("write layer 'mine'")
                    .withMessageContaining("missing");
            assertThatIOException()
                    .isThrownBy(() -> writer.write(spec(new Odd(length - 1, length, false))))
                    .withMessageContaining("longer");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> writer.write(spec(new Odd(length, length, true))));
        }
        assertThat(store.count()).isZero();
    }

    /** Room for blocks that a failed layer took must be free again: there is little of it. */
    @Test
    void failuresUseNothingUp() throws IOException {
        byte[] bytes = new byte[3_000_000];
        for (int round = 0; round < 10; round++) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> writer(Compression.GZIP).write(spec(new Odd(bytes.length, bytes.length, true))));
        }
        assertThat(writer(Compression.GZIP).write(spec(FileContent.of(bytes))).tarSize())
                .isPresent();
    }

    @Test
    void manyLayersAtOnceShareFewWorkers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Layer>> layers = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            byte[] bytes = new byte[4_000_000 + number];
            Callable<Layer> task = () -> writer(Compression.GZIP).write(spec(FileContent.of(bytes)));
            layers.add(threads.submit(task));
        }
        for (Future<Layer> layer : layers) {
            assertThat(store.contains(layer.get().descriptor().digest())).isTrue();
        }
        threads.shutdown();
        assertThat(store.count()).isEqualTo(16);
    }

    @Test
    void aFileThatChangesWhileItIsPackedIsAnError() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "one");
        FileDigests digests = FileDigests.open(Store.open(directory.resolve("store")), directory);
        LocalFile content = new LocalFile(file, digests);
        assertThat(content.digest()).isEqualTo(Digest.sha256("one"));
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThatIOException()
                .isThrownBy(() -> writer(Compression.NONE).write(spec(content)))
                .withMessageContaining("changed since the build began");
    }

    @Test
    void aWrongDiffIdIsNoticed() throws IOException {
        Layer layer = writer(Compression.ZSTD).write(spec(FileContent.of(new byte[100])));
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            DiffId wrong = new DiffId(Digest.sha256("other"));
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> reader.verify(wrong));
        }
    }

    @Test
    void whatIsRememberedIsFoundWhileItsBlobIsThere() throws IOException {
        LayerSpec spec = spec(FileContent.of(new byte[100]));
        LayerRecords records = new LayerRecords(Store.open(directory).records(LayerRecords.RECORDS), store);
        Digest recipe = LayerRecipe.of(spec, Compression.GZIP);
        assertThat(records.find(recipe)).isEmpty();
        Layer layer = writer(Compression.GZIP).write(spec);
        records.remember(recipe, layer);
        Layer found = records.find(recipe).orElseThrow();
        assertThat(found.diffId()).isEqualTo(layer.diffId());
        assertThat(found.descriptor()).isEqualTo(layer.descriptor());
        assertThat(found.tarSize()).isEqualTo(layer.tarSize());
        store.lose(layer.descriptor().digest());
        assertThat(records.find(recipe)).isEmpty();
    }
}
