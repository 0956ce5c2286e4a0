// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Shows an image: what runs, its layers, what is in each, what is wasted; on the terminal and as a page to open in a browser.
 */
@Mojo(
        name = "inspect",
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresProject = false,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class InspectMojo extends JlayerMojo {

    /** The image to show, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    @Parameter(property = "jlayer.image")
    String image;

    /**
     * What is shown of it. Within: {@code layer} (a number: that layer's entries), {@code path} (what a container sees
     * there), {@code file} (its text), {@code save} (a file for it instead), {@code html} (where the page goes); on the
     * command line {@code -Djlayer.inspect.NAME}.
     */
    @Parameter
    InspectParameters inspect = new InspectParameters();

    @Override
    protected void run() throws IOException {
        new InspectGoal(this).run();
    }
}
