// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialDirectoryTest {

    @TempDir
    Path root;

    private final List<String> warnings = new ArrayList<>();

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

    /** By the other name too, and by threads of this process, of which a second look would end the lock. */
    @Test
    void isHeldWhilePutAwayAndItsNameIsFree() throws IOException {
        Path path = root.resolve("t");
        try (TrialDirectory held = hold(path)) {
            held.putAway();
            assertThat(held.path()).isNotEqualTo(path);
            assertThat(TrialDirectory.tryHold(held.path())).isEmpty();
            try (TrialDirectory next = hold(path)) {
                assertThat(next.path()).isEqualTo(path);
            }
        }
    }

    @Test
    void removingLeavesNothing() throws IOException {
        Path path = root.resolve("t");
        try (TrialDirectory held = hold(path)) {
            held.writeRecord(JsonObject.EMPTY.with("kept", true));
            Files.createDirectories(path.resolve("rw/u/etc"));
            held.remove(new Ownership.Flat(), Patience.of(Duration.ofSeconds(30)));
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
        assertThat(trials.removeAbandoned(warnings::add)).isZero();
        assertThat(left).isDirectory();
        assertThat(warnings).singleElement().asString().contains("the engine is away", left.toString());
        try (TrialDirectory held = hold(left)) {
            held.writeOnRemoval(List.of("true"));
        }
        assertThat(trials.removeAbandoned(warnings::add)).isEqualTo(1);
        assertThat(left).doesNotExist();
    }

    @Test
    void unreadableRecordIsPassedOverAndNamed() throws IOException {
        Store store = Store.open(root.resolve("store"));
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        Path damaged = Files.createDirectories(store.root().resolve("trials/damaged"));
        Path odd = Files.createDirectories(store.root().resolve("trials/odd"));
        Path other = Files.createDirectories(store.root().resolve("trials/other"));
        Files.writeString(damaged.resolve("trial.json"), "{\"kept\": tr");
        Files.writeString(odd.resolve("trial.json"), "{\"kept\": 7, \"created\": \"x\"}");

        assertThat(trials.removeAbandoned(warnings::add)).isEqualTo(1);

        assertThat(other).doesNotExist();
        assertThat(trials.list()).isEmpty();
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("-Djlayer.remove=damaged", "delete " + damaged, "trial.json is damaged");
        trials.remove("damaged");
        trials.remove("odd");
        assertThat(trials.removeAbandoned(warnings::add)).isZero();
        assertThat(warnings).hasSize(2);
    }

    /** Both what it has started and the time of all together are limited. */
    @Test
    void whatHangsOnRemovalIsEndedWithAllThatItStarted() throws Exception {
        Store store = Store.open(root.resolve("store"));
        Path trials = Files.createDirectories(store.root().resolve("trials"));
        Path pid = root.resolve("pid");
        for (String name : List.of("a", "b", "c")) {
            try (TrialDirectory held = hold(trials.resolve(name))) {
                held.writeOnRemoval(List.of("sh", "-c", "sleep 60 & echo $! >>" + pid + "; wait; true"));
            }
        }
        long start = System.nanoTime();
        try (AbandonedTrials abandoned =
                new AbandonedTrials(trials, new Ownership.Flat(), warnings::add, Duration.ofSeconds(2))) {
            assertThat(abandoned.putAway()).isZero();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(warnings).hasSize(3).first().asString().contains("did not end within 1 s");
        for (String line : Files.readAllLines(pid)) {
            assertThat(ProcessHandle.of(Long.parseLong(line))
                            .map(ProcessHandle::onExit)
                            .map(exit -> exit.orTimeout(10, TimeUnit.SECONDS).join()))
                    .satisfiesAnyOf(
                            ended -> assertThat(ended).isEmpty(),
                            ended -> assertThat(ended.get().isAlive()).isFalse());
        }
    }

    /** What a program leaves running may hold its output for long. */
    @Test
    void whatEndsIsNotWaitedForLonger() throws Exception {
        Path path = root.resolve("t");
        Path pid = root.resolve("pid");
        try (TrialDirectory held = hold(path)) {
            held.writeOnRemoval(List.of("sh", "-c", "sleep 60 & echo $! >" + pid));
            long start = System.nanoTime();
            held.remove(new Ownership.Flat(), Patience.of(Duration.ofSeconds(40)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void whatIsGoneIsNeitherHeldNorRead() throws IOException {
        Path gone = root.resolve("gone");
        assertThat(TrialDirectory.tryHold(gone)).isEmpty();
        assertThat(TrialDirectory.record(gone)).isEqualTo(JsonObject.EMPTY);
    }
}
