// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compares two images, layer by layer and file by file: by default this build's with that of the build before. */
@Mojo(
        name = "diff",
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class DiffMojo extends JlayerMojo {

    /** The new image, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    @Parameter(property = "jlayer.image")
    String image;

    /**
     * What it is compared with, and how that is told. Within: {@code with} (the old image; default: what the build before
     * gave), {@code json} (a file for all that differs), {@code same} (fails the build if the images differ), {@code jars}
     * (lists what differs within jars); on the command line {@code -Djlayer.diff.NAME}.
     */
    @Parameter
    DiffParameters diff = new DiffParameters();

    @Override
    protected void run() throws IOException {
        new DiffGoal(this).run();
    }
}
