// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Loads the image of this project, or any other, into docker, podman or containerd; what is there is not sent. */
@Mojo(
        name = "load",
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class LoadMojo extends JlayerMojo {

    /** The image, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    @Parameter(property = "jlayer.image")
    String image;

    /**
     * Which engine gets the image, and as what. Within: {@code engine} ({@code docker}, {@code podman}, {@code containerd}),
     * {@code names} ({@code shop/app:1.0}); on the command line {@code -Djlayer.load.NAME}.
     */
    @Parameter
    LoadParameters load = new LoadParameters();

    @Override
    protected void run() throws IOException {
        new LoadGoal(this).run();
    }
}
