// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.MemoryStore;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read, and its bytes follow from it alone. */
class LayerRoundTripTest {

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void randomTreesAreReadBack(String compression) throws IOException {
        long seed = System.nanoTime();
        System.out.println("LayerRoundTripTest seed " + seed);
        try (Workers workers = new Workers(2)) {
            LayerWriter writer = new LayerWriter(store, Compression.named(compression), workers);
            for (long round = seed; round < seed + 4; round++) {
                LayerSpec spec = new LayerSpec("random", Trees.random(round, 80));
                Layer layer = writer.write(spec);
                assertThat(read(layer)).as("seed %s", round).isEqualTo(expected(spec));
                assertThat(layer.descriptor().mediaType())
                        .isEqualTo(Compression.named(compression).mediaType());
            }
        }
    }

    /** Each entry by its path, with a digest of its bytes where it has some. */
    private static Map<String, String> read(Layer layer) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                LayerReader.Entry entry = next.get();
                TarEntry tar = entry.tar();
                String rest = entry.whiteout()
                        .map(Object::toString)
                        .orElseGet(() -> tar.type() + " " + entry.metadata() + " " + tar.linkName() + tar.devMajor()
                                + "," + tar.devMinor());
                entries.put(
                        entry.path() + "",
                        rest + " " + Digest.sha256(reader.content().readAllBytes()));
            }
            reader.verify(layer.diffId());
            assertThat(layer.tarSize()).hasValue(reader.tarSize());
        }
        return entries;
    }

    private static Map<String, String> expected(LayerSpec spec) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        String empty = " " + Digest.sha256("");
        for (FileEntry entry : spec.entries()) {
            String path = entry.path().toString();
            if (entry instanceof FileEntry.Directory directory) {
                entries.put(path, "DIRECTORY " + directory.metadata() + " 0,0" + empty);
            } else if (entry instanceof FileEntry.Regular file) {
                entries.put(
                        path,
                        "FILE " + file.metadata() + " 0,0 " + file.content().digest());
            } else if (entry instanceof FileEntry.Symlink link) {
                entries.put(path, "SYMLINK " + link.metadata() + " " + link.target() + "0,0" + empty);
            } else if (entry instanceof FileEntry.HardLink link) {
                entries.put(
                        path,
                        "HARD_LINK " + link.metadata() + " " + link.target().value() + "0,0" + empty);
            } else if (entry instanceof FileEntry.Fifo fifo) {
                entries.put(path, "FIFO " + fifo.metadata() + " 0,0" + empty);
            } else if (entry instanceof FileEntry.Device device) {
                String type = device.block() ? "BLOCK_DEVICE " : "CHARACTER_DEVICE ";
                entries.put(path, type + device.metadata() + " " + device.major() + "," + device.minor() + empty);
            } else {
                LayerPath hidden = entry.path();
                entries.put(hidden.parent().resolve(".wh." + hidden.name()).toString(), entry + empty);
            }
        }
        return entries;
    }

    @Test
    void theOrderInWhichEntriesAreFoundDoesNotMatter() throws IOException {
        List<FileEntry> entries = new ArrayList<>(Trees.random(42, 60));
        try (Workers workers = new Workers(1)) {
            LayerWriter writer = new LayerWriter(store, Compression.GZIP, workers);
            Layer first = writer.write(new LayerSpec("one", entries));
            for (int round = 0; round < 5; round++) {
                Collections.shuffle(entries, new Random(round));
                Layer other = writer.write(new LayerSpec("other", entries));
                assertThat(other.descriptor()).isEqualTo(first.descriptor());
                assertThat(other.diffId()).isEqualTo(first.diffId());
            }
        }
        assertThat(store.count()).isEqualTo(1);
    }

    @Test
    void theRootItselfCanBeAnEntry() throws IOException {
        try (Workers workers = new Workers(1)) {
            LayerSpec spec =
                    new LayerSpec("root", List.of(new FileEntry.Directory(LayerPath.ROOT, Metadata.DIRECTORY)));
            Layer layer = new LayerWriter(store, Compression.NONE, workers).write(spec);
            assertThat(read(layer)).containsOnlyKeys("/");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void anyNumberOfWorkersGivesTheSameBytes(int processors) throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        for (int at = 0; at < bytes.length; at += 3) {
            bytes[at] = 'x';
        }
        FileEntry file = new FileEntry.Regular(LayerPath.of("f"), Metadata.FILE, FileContent.of(bytes));
        try (Workers workers = new Workers(processors);
                Workers one = new Workers(1)) {
            LayerSpec spec = new LayerSpec("large", List.of(file));
            assertThat(new LayerWriter(store, Compression.GZIP, workers)
                            .write(spec)
                            .descriptor())
                    .isEqualTo(new LayerWriter(store, Compression.GZIP, one)
                            .write(spec)
                            .descriptor());
        }
    }
}
