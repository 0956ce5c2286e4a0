// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.report.ReportLines;
import java.io.IOException;
import java.util.Optional;

/** What {@code jlayer:push} does. */
final class PushGoal {

    private final JlayerMojo goal;

    PushGoal(JlayerMojo goal) {
        this.goal = goal;
    }

    void run() throws IOException {
        Workbench bench = new Workbench(goal);
        try (Store store = bench.store()) {
            Optional<ProjectImage.Built> built = bench.projectImage(store, ApplicationImage::push);
            if (built.isPresent()) {
                new ReportLines(goal.getLog(), goal.timings)
                        .show(built.get().report(), built.get().application());
            }
        }
    }
}
