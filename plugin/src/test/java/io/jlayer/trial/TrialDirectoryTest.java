// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialDirectoryTest {

    @TempDir
    Path root;

    private TrialDirectory hold(Path path) throws IOException {
        return TrialDirectory.tryHold(Files.createDirectories(path)).orElseThrow();
    }

    @Test
    void isHeldByOneOnly() throws IOException {
        Path path = root.resolve("t");
        try (TrialDirectory held = hold(path)) {
            assertThat(held.name()).isEqualTo("t");
            assertThat(TrialDirectory.tryHold(path)).isEmpty();
        }
    }

    @Test
    void removingLeavesNothing() throws IOException {
        Path path = root.resolve("t");
        try (TrialDirectory held = hold(path)) {
            held.writeRecord(JsonObject.EMPTY.with("kept", true));
            Files.createDirectories(path.resolve("rw/u/etc"));
            held.remove(new Ownership.Flat());
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatCannotBeRemovedNowStandsInNobodysWay() throws IOException {
        Store store = Store.open(root.resolve("store"));
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        Path left = store.root().resolve("trials/left");
        try (TrialDirectory held = hold(left)) {
            held.writeOnRemoval(List.of("sh", "-c", "echo the engine is away; exit 1"));
        }
        assertThat(trials.removeAbandoned()).isZero();
        assertThat(left).isDirectory();
        try (TrialDirectory held = hold(left)) {
            held.writeOnRemoval(List.of("true"));
        }
        assertThat(trials.removeAbandoned()).isEqualTo(1);
        assertThat(left).doesNotExist();
    }

    @Test
    void whatIsGoneIsNeitherHeldNorRead() throws IOException {
        Path gone = root.resolve("gone");
        assertThat(TrialDirectory.tryHold(gone)).isEmpty();
        assertThat(TrialDirectory.record(gone)).isEqualTo(JsonObject.EMPTY);
    }
}
