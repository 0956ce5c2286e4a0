// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.Reason;
import io.jlayer.build.Registries;
import io.jlayer.build.Transports;
import io.jlayer.build.UserError;
import io.jlayer.image.Finding;
import io.jlayer.image.Finding.Severity;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RawImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Checks an image against the OCI specifications and its own digests, and fails if it is broken. */
@Mojo(
        name = "verify",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class VerifyMojo extends JlayerMojo {

    /** The image to check, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    @Setting
    @Parameter(property = "jlayer.image")
    String image;

    @Override
    protected void run() throws IOException {
        Store store = openStore();
        Optional<String> name = image != null ? Optional.of(image) : ownImage(store);
        if (name.isPresent()) {
            verify(store, name.get());
        }
    }

    private Optional<String> ownImage(Store store) throws IOException {
        return projectImage(store, ApplicationImage::buildHere)
                .map(built -> "oci:" + built.application().output().resolve("image"));
    }

    private void verify(Store store, String name) throws IOException {
        Path directory = directory();
        List<Finding> findings;
        try (Registries registries = registries();
                RawImage raw = open(
                        new Transports(
                                store, FileDigests.open(store, directory), directory, registries, getLog()::warn),
                        name)) {
            ImageValidator validator = new ImageValidator(raw.blobs());
            findings = validator.validate(raw.root());
            getLog().info("Checked " + name + " " + raw.root().digest() + ": " + validator.images() + " manifest(s), "
                    + validator.layers() + " layers");
        }
        findings.forEach(this::show);
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            throw new UserError(errors + " error(s) in the image", name, "build it again, or fetch it again");
        }
        getLog().info(findings.isEmpty() ? "No findings: the image is sound" : "The image is sound");
    }

    private static RawImage open(Transports transports, String name) throws IOException {
        try {
            return transports.open(name);
        } catch (IOException e) {
            if (Reason.isFullDisk(e)) {
                throw e;
            }
            throw new UserError(
                    "there is no image to check: " + Reason.of(e),
                    name,
                    "correct the name, or make the image again",
                    e);
        }
    }

    private void show(Finding finding) {
        String line = finding.where() + ": " + finding.what();
        if (finding.severity() == Severity.ERROR) {
            getLog().error(line);
        } else {
            getLog().warn(line);
        }
    }
}
