// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.ProcessLock;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lock of all trials, and the removal of what they leave. Under the lock trees are only put out of the way, and programs
 * that this needs have a limited time; the trees are removed when the lock is given back, since that may take long. What
 * cannot be read or removed stands in nobody's way: that is said, and left for another time.
 */
final class AbandonedTrials implements AutoCloseable {

    /** For the programs of all of them: an engine that has ten seconds to stop a container is done by then. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path root;
    private final Ownership ownership;
    private final Consumer<String> warnings;
    private final ProcessLock lock;
    private final Patience patience;
    private final List<TrialDirectory> away = new ArrayList<>();

    /** Waits for the lock, and begins to count the time. */
    AbandonedTrials(Path root, Ownership ownership, Consumer<String> warnings) throws IOException {
        this(root, ownership, warnings, LIMIT);
    }

    AbandonedTrials(Path root, Ownership ownership, Consumer<String> warnings, Duration limit) throws IOException {
        this.root = root;
        this.ownership = ownership;
        this.warnings = warnings;
        this.lock = ProcessLock.take(root.resolve("lock"));
        this.patience = Patience.of(limit);
    }

    /** Puts out of the way what no process holds and is not kept; says how many. */
    int putAway() throws IOException {
        for (Path path : TrialDirectory.away(root)) {
            attempt(path, () -> TrialDirectory.tryHold(path).ifPresent(away::add));
        }
        int before = away.size();
        for (Path path : TrialDirectory.all(root)) {
            attempt(path, () -> putAway(path));
        }
        return away.size() - before;
    }

    private interface Removal {
        void run() throws IOException;
    }

    private void attempt(Path path, Removal removal) {
        try {
            removal.run();
        } catch (IOException | IllegalArgumentException e) {
            String name = String.valueOf(path.getFileName());
            warnings.accept("what the trial '" + name + "' left cannot be removed now (" + e.getMessage()
                    + "); the next trial tries again. To remove it: "
                    + (TrialDirectory.isAway(path) ? "" : "mvn jlayer:trials -Djlayer.remove=" + name + ", or ")
                    + "delete " + path);
        }
    }

    private void putAway(Path path) throws IOException {
        Optional<TrialDirectory> free = TrialDirectory.tryHold(path);
        if (free.isEmpty()) {
            return;
        }
        boolean isAway = false;
        try {
            if (!TrialDirectory.record(path).flag("kept").orElse(false)) {
                putAway(free.get());
                isAway = away.add(free.get());
            }
        } finally {
            if (!isAway) {
                free.get().close();
            }
        }
    }

    /**
     * Puts a trial that the caller holds out of the way, for the caller to {@linkplain TrialDirectory#delete delete}, and has
     * an engine forget its image if no other trial uses that.
     */
    void putAway(TrialDirectory directory) throws IOException {
        directory.endRemains(patience);
        unload(directory.path());
        directory.putAway();
    }

    private void unload(Path trial) throws IOException {
        List<String> unload = unloads(trial);
        if (unload.isEmpty() || patience.left().isZero()) {
            return;
        }
        for (Path other : TrialDirectory.all(root)) {
            if (!other.equals(trial) && unloads(other).equals(unload)) {
                return;
            }
        }
        try {
            HostCommand.runAsUser(unload, patience.left());
        } catch (IOException e) {
            return; // it was never loaded, or somebody made a container of it by hand
        }
    }

    private static List<String> unloads(Path trial) {
        try {
            return TrialDirectory.record(trial).texts(Trials.UNLOAD);
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // an engine forgets no image that a container uses
        }
    }

    /** Gives the lock back, and removes what abandoned trials left. */
    @Override
    public void close() throws IOException {
        lock.close();
        for (TrialDirectory directory : away) {
            try (directory) {
                attempt(directory.path(), () -> directory.delete(ownership));
            }
        }
    }
}
