// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.engine.DockerEngine;
import io.jlayer.image.Image;
import io.jlayer.overlay.UnpackException;
import io.jlayer.transport.Registries;
import io.jlayer.transport.TrialImage;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code jlayer:try} does. */
final class TryGoal {

    private final TryMojo goal;
    private final Workbench bench;

    TryGoal(TryMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        if (goal.trial.commit != null) {
            TrialImage.checkCommit(goal.trial.commit);
        }
        Path directory = goal.directory();
        TrialSpec spec = goal.trial.toSpec(
                directory,
                goal.project.getArtifactId() + "-" + ProcessHandle.current().pid());
        try (Registries registries = bench.registries()) {
            TrialImage images = new TrialImage(store, directory, registries, bench.warnings());
            Optional<Image> image =
                    goal.trial.image != null ? Optional.of(images.load(goal.trial.image)) : ownImage(store);
            if (image.isEmpty()) {
                return;
            }
            Trials trials = new Trials(store.root(), store.blobs(), DockerEngine.all(store));
            TrialResult result = run(trials, image.get(), spec, images);
            TrialVerdict verdict = new TrialVerdict(goal.trial, goal.getLog());
            verdict.report(result, spec);
            if (result.layer().isPresent()) {
                goal.getLog()
                        .info("Committed: "
                                + images.commit(image.get(), result.layer().get(), goal.trial.commit));
            }
            verdict.judge(result);
        }
    }

    private TrialResult run(Trials trials, Image image, TrialSpec spec, TrialImage images) throws IOException {
        try {
            return trials.run(image, spec, new Streams.Inherited());
        } catch (UnpackException e) {
            throw images.unusable(Optional.ofNullable(goal.trial.image), e);
        }
    }

    private Optional<Image> ownImage(Store store) throws IOException {
        return bench.projectImage(store, ApplicationImage::buildHere)
                .map(built -> TrialImage.ofThisMachine(built.report().image()));
    }
}
