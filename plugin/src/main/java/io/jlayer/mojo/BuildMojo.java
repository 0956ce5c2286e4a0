// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
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
        threadSafe = true)
public final class BuildMojo extends JlayerMojo {

    @Override
    protected void run(Store store) throws IOException {
        projectImage(store, push.enabled ? ApplicationImage::buildAndPush : ApplicationImage::build)
                .ifPresent(built -> new ReportLines(getLog(), timings).show(built.report(), built.application()));
    }
}
