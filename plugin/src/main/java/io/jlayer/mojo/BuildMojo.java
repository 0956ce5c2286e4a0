// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.Application;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuildReport;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds the image of this project and writes it to {@code target/jlayer/image}, an OCI image layout. */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        threadSafe = true)
public final class BuildMojo extends JlayerMojo {

    @Override
    protected void run() throws IOException {
        ProjectReader reader = new ProjectReader(project, session, execution, getLog()::warn);
        if (reader.hasNoImage()) {
            getLog().info("No image: " + project.getPackaging() + " projects have nothing to run");
            return;
        }
        Application application = reader.read();
        ApplicationImage image =
                new ApplicationImage(openStore(), application, new SettingsReader(this).read(), getLog()::warn);
        if (image.isLibraryAmongOthers(reader.isOneOfMany())) {
            getLog().info("No image: there is no main class, so this module is taken for a library");
            return;
        }
        BuildReport report = image.build();
        new ReportLines(getLog()).show(report, application);
    }
}
