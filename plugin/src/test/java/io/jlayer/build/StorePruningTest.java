// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.PruneRule;
import io.jlayer.blob.Store;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePruningTest {

    private static final PruneRule ALL = new PruneRule(Optional.of(Duration.ZERO), OptionalLong.empty());

    @TempDir
    Path store;

    private SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(store)) {
            for (Path file : all.toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file).toString());
            }
        }
        return files;
    }

    /** As an old version left it, which knew no users. */
    @Test
    void aDryRunWritesNothing() throws IOException {
        for (String directory : new String[] {"blobs/sha256", "tmp", "records/kind-v1", "trials"}) {
            Files.createDirectories(store.resolve(directory));
        }
        Files.writeString(store.resolve("tmp/draft"), "half");
        for (Ownership ownership : new Ownership[] {new Ownership.Real(), new Ownership.Flat()}) {
            Files.createDirectories(
                    store.resolve("layers").resolve(ownership.name()).resolve("a".repeat(64)));
        }
        SortedMap<String, String> before = files();

        StorePruning pruning = new StorePruning(store, warning -> {});
        assertThat(pruning.tell(ALL).gone(Kind.DRAFTS).count()).isEqualTo(1);

        assertThat(files()).isEqualTo(before);
        pruning.run(ALL);
        assertThat(store.resolve("tmp")).isEmptyDirectory();
    }

    /** Another might take a new one, while somebody holds the one that is removed. */
    @Test
    void locksOfLayersThatAreGoneGoWhileNobodyWorks() throws IOException {
        Path layers = store.resolve("layers").resolve(new Ownership.Real().name());
        Files.createDirectories(layers);
        Path gone = Files.createFile(layers.resolve("a".repeat(64) + ".lock"));
        Store user = Store.open(store);
        Files.createDirectories(store.resolve("records"));
        new StorePruning(store, warning -> {}).run(ALL);
        assertThat(gone).exists();
        user.close();
        Path there = Files.createFile(layers.resolve("b".repeat(64) + ".lock"));
        Files.createDirectory(layers.resolve("b".repeat(64)));
        PruneRule none = new PruneRule(Optional.of(Duration.ofDays(9)), OptionalLong.empty());
        Files.createFile(layers.resolve("b".repeat(64)).resolve("meta.json"));
        new StorePruning(store, warning -> {}).run(none);
        assertThat(gone).doesNotExist();
        assertThat(there).exists();
    }
}
