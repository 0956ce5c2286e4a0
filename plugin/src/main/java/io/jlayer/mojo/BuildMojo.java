// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuildSummary;
import java.io.IOException;
import java.util.Optional;
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
        Optional<ProjectImage> image = projectImage();
        if (image.isPresent()) {
            build(image.get(), store);
        }
    }

    private void build(ProjectImage image, Store store) throws IOException {
        Optional<BuildSummary> unchanged = push.enabled ? Optional.empty() : image.unchanged(store);
        if (unchanged.isPresent()) {
            new ReportLines(getLog(), timings).showUnchanged(unchanged.get(), image.application());
            return;
        }
        image.build(store, push.enabled ? ApplicationImage::buildAndPush : ApplicationImage::build)
                .ifPresent(built -> new ReportLines(getLog(), timings).show(built.report(), built.application()));
    }
}
