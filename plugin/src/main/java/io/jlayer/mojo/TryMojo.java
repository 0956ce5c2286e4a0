// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.Registries;
import io.jlayer.build.TrialImage;
import io.jlayer.engine.DockerEngine;
import io.jlayer.image.Image;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Runs the image of this project, or any other, under a writable layer of its own; shows what it wrote there. */
@Mojo(
        name = "try",
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class TryMojo extends JlayerMojo {

    @Override
    protected void run() throws IOException {
        Store store = openStore();
        if (trial.commit != null) {
            TrialImage.checkCommit(trial.commit);
        }
        Path directory = directory();
        TrialSpec spec = trial.toSpec(
                directory,
                project.getArtifactId() + "-" + ProcessHandle.current().pid());
        try (Registries registries = registries()) {
            TrialImage images = new TrialImage(store, directory, registries, getLog()::warn);
            Optional<Image> image = trial.image != null ? Optional.of(images.load(trial.image)) : ownImage(store);
            if (image.isEmpty()) {
                return;
            }
            Trials trials = new Trials(store.root(), store.blobs(), DockerEngine.all(store));
            TrialResult result = trials.run(image.get(), spec, new Streams.Inherited());
            TrialVerdict verdict = new TrialVerdict(trial, getLog());
            verdict.report(result, spec);
            if (result.layer().isPresent()) {
                getLog().info("Committed: "
                        + images.commit(image.get(), result.layer().get(), trial.commit));
            }
            verdict.judge(result);
        }
    }

    private Optional<Image> ownImage(Store store) throws IOException {
        return projectImage(store, ApplicationImage::buildHere)
                .map(built -> TrialImage.ofThisMachine(built.report().image()));
    }
}
