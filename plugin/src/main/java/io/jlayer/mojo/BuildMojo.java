// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

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
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class BuildMojo extends JlayerMojo {

    @Override
    protected void run() throws IOException {
        Optional<ProjectImage> image = projectImage();
        if (image.isPresent()) {
            build(image.get());
        }
    }

    private void build(ProjectImage image) throws IOException {
        Optional<BuildSummary> unchanged = push.enabled ? Optional.empty() : image.unchanged();
        if (unchanged.isPresent()) {
            ReportLines lines = new ReportLines(getLog(), timings);
            lines.showUnchanged(unchanged.get(), image.application());
            lines.showTargets(targets(), false);
            return;
        }
        Optional<ProjectImage.Built> built =
                image.build(openStore(), push.enabled ? ApplicationImage::buildAndPush : ApplicationImage::build);
        if (built.isPresent()) {
            ReportLines lines = new ReportLines(getLog(), timings);
            lines.show(built.get().report(), image.application());
            lines.showTargets(targets(), push.enabled);
        }
    }
}
