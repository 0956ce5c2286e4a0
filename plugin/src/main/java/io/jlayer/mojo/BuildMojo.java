// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Builds the image of this project and writes it to {@code target/jlayer/image}, an OCI image layout, and to all of
 * {@code <to>}; to registries only if {@code jlayer.push} is set.
 */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class BuildMojo extends JlayerMojo {

    @Override
    protected void run() throws IOException {
        new BuildGoal(this).run();
    }
}
