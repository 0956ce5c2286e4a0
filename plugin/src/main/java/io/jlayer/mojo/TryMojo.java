// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.Registries;
import io.jlayer.build.TrialImage;
import io.jlayer.build.UserError;
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
        threadSafe = true)
public final class TryMojo extends JlayerMojo {

    @Override
    protected void run(Store store) throws IOException {
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
            TrialResult result =
                    new Trials(store.root(), store.blobs()).run(image.get(), spec, new Streams.Inherited());
            report(result, spec);
            if (result.layer().isPresent()) {
                getLog().info("Committed: "
                        + images.commit(image.get(), result.layer().get(), trial.commit));
            }
            fail(result);
        }
    }

    private Optional<Image> ownImage(Store store) throws IOException {
        return projectImage(store, ApplicationImage::build)
                .map(built -> TrialImage.ofThisMachine(built.report().image()));
    }

    private void report(TrialResult result, TrialSpec spec) throws IOException {
        new TrialLines(getLog()).show(result);
        if (trial.diff != null) {
            TrialLines.write(result, trial.diff.toPath());
        }
        spec.keep().or(spec::resume).ifPresent(name -> getLog().info(
                        "Kept as " + name + ": -Djlayer.try.resume=" + name + " goes on with it"));
    }

    /** What the program's end means for the build. */
    private static void fail(TrialResult result) {
        switch (result.ending()) {
            case EXITED -> {
                if (result.exitCode() != 0) {
                    throw new UserError(
                            "the program ended with exit code " + result.exitCode(), "", "see what it wrote above");
                }
            }
            case TIMED_OUT ->
                throw new UserError("the program's time was over", "<try><timeout>", "give it more, or none");
            case READY, STOPPED -> {}
        }
    }
}
