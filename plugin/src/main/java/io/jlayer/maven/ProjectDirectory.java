// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.io.File;
import java.nio.file.Path;
import org.apache.maven.project.MavenProject;

/**
 * Where a project lies. Other plugins may have put another POM in place of its own, and with it another base directory: as
 * maven-shade-plugin does with a {@code dependencyReducedPomLocation} elsewhere.
 */
public final class ProjectDirectory {

    private ProjectDirectory() {}

    /** The directory of the POM that Maven read. */
    public static Path of(MavenProject project) {
        File read = project.getModel().getPomFile();
        File directory = read == null ? null : read.getParentFile();
        return (directory == null ? project.getBasedir() : directory).toPath();
    }
}
