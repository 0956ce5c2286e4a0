// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.PruneReport;
import io.jlayer.blob.PruneRule;
import io.jlayer.build.StorePruning;
import io.jlayer.report.PruneLines;
import java.io.IOException;

/** What {@code jlayer:prune} does. */
final class PruneGoal {

    private final PruneMojo goal;

    PruneGoal(PruneMojo goal) {
        this.goal = goal;
    }

    void run() throws IOException {
        PruneRule rule = goal.prune.toRule();
        StorePruning pruning = new StorePruning(goal.storePlace(), goal.getLog()::warn);
        PruneReport report = goal.prune.dryRun ? pruning.tell(rule) : pruning.run(rule);
        PruneLines lines = new PruneLines(goal.getLog(), rule, goal.prune.dryRun);
        lines.show(pruning.root(), report);
        lines.showTrials(pruning.trials());
    }
}
