// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuildSummary;
import io.jlayer.report.ReportLines;
import java.io.IOException;
import java.util.Optional;

/** What {@code jlayer:build} does. */
final class BuildGoal {

    private final JlayerMojo goal;
    private final Workbench bench;

    BuildGoal(JlayerMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        Optional<ProjectImage> image = bench.projectImage();
        if (image.isPresent()) {
            build(image.get());
        }
    }

    private void build(ProjectImage image) throws IOException {
        Optional<BuildSummary> unchanged = goal.push.enabled ? Optional.empty() : image.unchanged();
        if (unchanged.isPresent()) {
            ReportLines lines = new ReportLines(goal.getLog(), goal.timings);
            lines.showUnchanged(unchanged.get(), image.application());
            lines.showTargets(goal.targets(), false);
            return;
        }
        try (Store store = bench.store()) {
            Optional<ProjectImage.Built> built =
                    image.build(store, goal.push.enabled ? ApplicationImage::buildAndPush : ApplicationImage::build);
            if (built.isPresent()) {
                ReportLines lines = new ReportLines(goal.getLog(), goal.timings);
                lines.show(built.get().report(), image.application());
                lines.showTargets(goal.targets(), goal.push.enabled);
            }
        }
    }
}
