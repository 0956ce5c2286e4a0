// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Pushes the image of this project, under all its tags, to the registries in {@code <to>}; builds it first. */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        requiresOnline = true,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class PushMojo extends JlayerMojo {

    @Override
    protected void run() throws IOException {
        new PushGoal(this).run();
    }
}
