// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.report.TrialLines;
import io.jlayer.trial.TrialRecord;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.util.List;

/** What {@code jlayer:trials} does. */
final class TrialsGoal {

    private final TrialsMojo goal;
    private final Workbench bench;

    TrialsGoal(TrialsMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        trials.removeAbandoned(goal.getLog()::warn);
        boolean all = goal.remove.equals(List.of("all"));
        List<TrialRecord> before = all ? trials.list() : List.of();
        List<String> kept = before.stream()
                .filter(trial -> !trial.running())
                .map(TrialRecord::name)
                .toList();
        for (String name : all ? kept : goal.remove) {
            remove(trials, name);
        }
        TrialLines lines = new TrialLines(goal.getLog());
        lines.passedOver(before.size() - kept.size());
        lines.list(trials.list());
    }

    private void remove(Trials trials, String name) throws IOException {
        try {
            trials.remove(name);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "-Djlayer.remove=" + name, "name one that mvn jlayer:trials lists", e);
        }
        goal.getLog().info("Removed " + name);
    }
}
