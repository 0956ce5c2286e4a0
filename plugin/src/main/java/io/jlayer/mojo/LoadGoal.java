// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.EngineLoad;
import io.jlayer.report.ReportLines;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.util.Optional;

/** What {@code jlayer:load} does. */
final class LoadGoal {

    private final LoadMojo goal;
    private final Workbench bench;

    LoadGoal(LoadMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        if (goal.image != null) {
            try (Registries registries = bench.registries()) {
                EngineLoad load = load(store);
                show(load.load(
                        goal.image,
                        new SettingsReader(goal).namedPlatforms(),
                        goal.directory(),
                        bench.outputs(),
                        registries,
                        bench.warnings()));
            }
            return;
        }
        Optional<ProjectImage> image = bench.projectImage();
        if (image.isPresent()) {
            EngineLoad load = load(store);
            Optional<ProjectImage.Built> built = image.get().build(store, ApplicationImage::buildHere);
            if (built.isPresent()) {
                show(load.load(
                        built.get().report().image(),
                        image.get().application(),
                        image.get().settings()));
            }
        }
    }

    private EngineLoad load(Store store) throws IOException {
        return new EngineLoad(store, goal.load.engine.strip(), goal.load.names);
    }

    private void show(EngineLoad.Done done) {
        if (!done.foreign().isEmpty()) {
            goal.getLog().warn("The image is for " + done.foreign() + ": it may not run there");
        }
        String names = String.join(", ", done.names());
        goal.getLog()
                .info(
                        done.wasThere()
                                ? done.engine() + " has it already: " + names
                                : "Loaded into " + done.engine() + ": " + names + ", " + ReportLines.size(done.sent())
                                        + " sent of " + ReportLines.size(done.size()));
        goal.getLog().info(String.join(" ", done.run()));
    }
}
