// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
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
    @Parameter(property = "jlayer.image")
    String image;

    @Override
    protected void run() throws IOException {
        new VerifyGoal(this).run();
    }
}
