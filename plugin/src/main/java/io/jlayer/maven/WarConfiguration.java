// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.blob.FileNames;
import io.jlayer.project.WebApplication;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Finds what maven-war-plugin made: the archive, and the directory that it packed. */
final class WarConfiguration {

    private static final String PLUGIN = "org.apache.maven.plugins:maven-war-plugin";

    private WarConfiguration() {}

    /** The archive of a project with such a packaging; empty if it has not been packaged. */
    static Optional<WebApplication> of(MavenProject project) {
        Path target = FileNames.of(project.getBuild().getDirectory());
        String name = project.getBuild().getFinalName();
        File artifact = project.getArtifact().getFile();
        Path archive = artifact != null && artifact.isFile() ? artifact.toPath() : target.resolve(name + ".war");
        String configured = webappDirectory(project);
        Path exploded = configured == null
                ? target.resolve(name)
                : ProjectDirectory.of(project).resolve(configured);
        return archive.toFile().isFile()
                ? Optional.of(new WebApplication(archive, exploded.normalize()))
                : Optional.empty();
    }

    private static String webappDirectory(MavenProject project) {
        Plugin plugin = project.getPlugin(PLUGIN);
        if (plugin == null) {
            return null;
        }
        String directory = value(plugin.getConfiguration());
        for (PluginExecution execution : plugin.getExecutions()) {
            if (directory == null) {
                directory = value(execution.getConfiguration());
            }
        }
        return directory;
    }

    private static String value(Object configuration) {
        Xpp3Dom directory = configuration == null ? null : ((Xpp3Dom) configuration).getChild("webappDirectory");
        return directory == null ? null : directory.getValue();
    }
}
