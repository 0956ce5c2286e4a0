// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Writes the image of this project, or any other, to one file that other tools load. */
@Mojo(
        name = "save",
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class SaveMojo extends JlayerMojo {

    /** The image, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    @Parameter(property = "jlayer.image")
    String image;

    /**
     * Where the image is written, and how. Within: {@code file}, {@code as} ({@code oci-archive} or {@code docker-archive});
     * on the command line {@code -Djlayer.save.NAME}.
     */
    @Parameter
    SaveParameters save = new SaveParameters();

    @Override
    protected void run() throws IOException {
        new SaveGoal(this).run();
    }
}
