// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.ProcessLock;
import io.jlayer.blob.Store;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.ThisUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who list, begin and remove trials at once. */
class ManyTrialsTest {

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private Trials trials;
    private Path root;

    @BeforeEach
    void open() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        trials = new Trials(store.root(), store.blobs(), List.of());
        root = store.root().resolve("trials");
    }

    private Path trial(String name, boolean kept) throws IOException {
        Path path = Files.createDirectories(root.resolve(name).resolve("rw/u")).resolve("../..");
        Path trial = path.toRealPath();
        try (TrialDirectory held = TrialDirectory.tryHold(trial).orElseThrow()) {
            held.writeRecord(JsonObject.EMPTY.with("created", 1L).with("kept", kept));
        }
        return trial;
    }

    @Test
    void listingMakesNoTrialSeemToRun() throws Exception {
        for (int i = 0; i < 100; i++) {
            trial("kept" + i, true);
        }
        FutureTask<Integer> listing = new FutureTask<>(() -> {
            int lists = 0;
            while (!trials.list().isEmpty()) {
                lists++;
            }
            return lists;
        });
        new Thread(listing).start();
        for (int i = 0; i < 100; i++) {
            trials.remove("kept" + i);
        }
        assertThat(listing.get()).isPositive();
        assertThat(root.toFile().list()).containsExactly("lock");
    }

    @Test
    void whatIsRemovedIsGoneForOthersAtOnceAndRemovedLater() throws IOException {
        Path left = trial("left", false);
        try (AbandonedTrials abandoned = new AbandonedTrials(root, new Ownership.Flat(), warnings::add)) {
            assertThat(abandoned.putAway()).isEqualTo(1);
            assertThat(left).doesNotExist();
            assertThat(TrialDirectory.away(root)).hasSize(1);
        }
        assertThat(TrialDirectory.away(root)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    /** As after a kill -9, or a power cut, in mid removal. */
    @Test
    void whatWasLeftInMidRemovalIsNoTrialAndTheNextRunRemovesIt() throws IOException {
        Files.move(trial("kept", true), root.resolve(".kept-1f"));
        assertThat(trials.list()).isEmpty();
        assertThat(trials.removeAbandoned(warnings::add)).isZero();
        assertThat(root.toFile().list()).containsExactly("lock");
        assertThat(warnings).isEmpty();
    }

    /** Files are removed when the lock is free again; a tree that cannot be removed tells when that is. */
    @Test
    void removingFilesHoldsNobodyUp() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "only root can mount");
        Path busy = Files.createDirectory(trial("left", false).resolve("busy"));
        assumeTrue(isMounted(busy), "nothing can be mounted here");
        List<Boolean> free = new ArrayList<>();
        try (AbandonedTrials abandoned = new AbandonedTrials(root, new Ownership.Real(), warning -> {
            warnings.add(warning);
            free.add(isFree());
        })) {
            abandoned.putAway();
        } finally {
            for (Path path : TrialDirectory.away(root)) {
                HostCommand.run(List.of("/bin/umount", path.resolve("busy").toString()));
            }
        }
        assertThat(warnings).singleElement().asString().contains("delete " + root);
        assertThat(free).containsExactly(true);
        trials.removeAbandoned(warnings::add);
        assertThat(root.toFile().list()).containsExactly("lock");
    }

    private static boolean isMounted(Path path) {
        try {
            HostCommand.run(List.of("/bin/mount", "-t", "tmpfs", "tmpfs", path.toString()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isFree() {
        try {
            Optional<ProcessLock> lock = ProcessLock.tryTake(root.resolve("lock"));
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
