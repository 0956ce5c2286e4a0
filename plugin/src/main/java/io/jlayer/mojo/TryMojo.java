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
    protected void run() throws IOException {
        Store store = openStore();
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
            judge(result);
        }
    }

    private Optional<Image> ownImage(Store store) throws IOException {
        return projectImage(store, ApplicationImage::buildHere)
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
    private void judge(TrialResult result) {
        switch (result.ending()) {
            case EXITED -> judgeExit(result.exitCode());
            case TIMED_OUT ->
                throw new UserError(
                        trial.probe == null
                                ? "the program still ran after " + trial.timeout
                                : trial.probe + " did not answer well within " + trial.timeout,
                        "<try><timeout>, or -Djlayer.try.timeout",
                        "see what the program wrote above, or give it more time");
            case READY -> getLog().info(trial.probe + " answered; the program was stopped then");
            case STOPPED -> {}
        }
    }

    private void judgeExit(int exitCode) {
        if (exitCode != 0) {
            throw new UserError("the program ended with exit code " + exitCode, "", "see what the program wrote above");
        }
        if (trial.probe != null) {
            throw new UserError(
                    "the program ended before " + trial.probe + " answered",
                    "<try><probe>, or -Djlayer.try.probe",
                    "see what the program wrote above, or leave the probe out");
        }
    }
}
