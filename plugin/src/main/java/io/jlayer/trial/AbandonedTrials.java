// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Removes what trials leave. What cannot be read or removed stands in nobody's way: that is said, and left for another time.
 * To be used by one who holds the lock of all trials, so the programs that it needs for that have a limited time.
 */
final class AbandonedTrials {

    /** For the programs of all of them: an engine that has ten seconds to stop a container is done by then. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path root;
    private final Patience patience;

    /** Begins to count the time. */
    AbandonedTrials(Path root) {
        this(root, LIMIT);
    }

    AbandonedTrials(Path root, Duration limit) {
        this.root = root;
        this.patience = Patience.of(limit);
    }

    /** Removes what no process holds and is not kept; says how many. */
    int remove(Ownership ownership, Consumer<String> warnings) throws IOException {
        int removed = 0;
        for (Path path : TrialDirectory.all(root)) {
            if (isRemoved(path, ownership, warnings)) {
                removed++;
            }
        }
        return removed;
    }

    private boolean isRemoved(Path path, Ownership ownership, Consumer<String> warnings) {
        try {
            Optional<TrialDirectory> free = TrialDirectory.tryHold(path);
            if (free.isEmpty()) {
                return false;
            }
            try (TrialDirectory directory = free.get()) {
                if (TrialDirectory.record(path).flag("kept").orElse(false)) {
                    return false;
                }
                remove(directory, ownership);
                return true;
            }
        } catch (IOException | IllegalArgumentException | DirectoryIteratorException e) {
            warnings.accept("what the trial '" + path.getFileName() + "' left cannot be removed now (" + e.getMessage()
                    + "); the next trial tries again. To remove it: mvn jlayer:trials -Djlayer.remove="
                    + path.getFileName() + ", or delete " + path);
            return false;
        }
    }

    /** Removes a trial, and has an engine forget its image if no other trial uses that. */
    void remove(TrialDirectory directory, Ownership ownership) throws IOException {
        List<String> unload = unloads(directory.path());
        directory.remove(ownership, patience);
        if (unload.isEmpty() || patience.left().isZero()) {
            return;
        }
        for (Path other : TrialDirectory.all(root)) {
            if (unloads(other).equals(unload)) {
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
}
