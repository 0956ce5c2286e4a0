// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
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
        new TryGoal(this).run();
    }
}
