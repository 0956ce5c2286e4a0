// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.error.UserError;
import io.jlayer.image.Finding;
import io.jlayer.image.Finding.Severity;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RawImage;
import io.jlayer.image.VisibleText;
import io.jlayer.transport.ImageRemedies;
import io.jlayer.transport.Registries;
import io.jlayer.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code jlayer:verify} does. */
final class VerifyGoal {

    private final VerifyMojo goal;
    private final Workbench bench;

    VerifyGoal(VerifyMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        Optional<String> name = goal.image != null ? Optional.of(goal.image) : ownImage(store);
        if (name.isPresent()) {
            verify(store, name.get());
        }
    }

    private Optional<String> ownImage(Store store) throws IOException {
        return bench.projectImage(store, ApplicationImage::buildHere)
                .map(built -> "oci:" + built.application().output().resolve("image"));
    }

    private void verify(Store store, String name) throws IOException {
        Path directory = goal.directory();
        List<Finding> findings;
        boolean missed;
        try (Registries registries = bench.registries();
                RawImage raw = open(
                        new Transports(
                                store, FileDigests.open(store, directory), directory, registries, bench.warnings()),
                        name,
                        ImageRemedies.in(directory))) {
            OfflineBlobs blobs = new OfflineBlobs(raw.blobs());
            ImageValidator validator = new ImageValidator(blobs);
            findings = validator.validate(raw.root());
            missed = blobs.missed();
            goal.getLog()
                    .info("Checked " + name + " " + raw.root().digest() + ": " + counted(validator.images(), "manifest")
                            + ", " + counted(validator.layers(), "layer"));
        }
        findings.forEach(this::show);
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            throw new UserError(
                    counted(errors, "error") + " in the image",
                    name,
                    missed
                            ? "run it without -o: what was not fetched before cannot be checked"
                            : "build it again, or fetch it again");
        }
        goal.getLog().info(findings.isEmpty() ? "No findings: the image is sound" : "The image is sound");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static RawImage open(Transports transports, String name, ImageRemedies remedies) throws IOException {
        try {
            return transports.open(name, "-Djlayer.image");
        } catch (IOException e) {
            throw remedies.unusable("there is no image to check", name, name, e);
        }
    }

    private void show(Finding finding) {
        String line = VisibleText.of(finding.where() + ": " + finding.what());
        if (finding.severity() == Severity.ERROR) {
            goal.getLog().error(line);
        } else {
            goal.getLog().warn(line);
        }
    }
}
