// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Reads which class a project starts, where it has told another plugin so already. */
final class MainClassConfiguration {

    /** Plugin, and where in its configuration the class stands. */
    private record Place(String plugin, List<String> path) {}

    private static final List<Place> PLACES = List.of(
            new Place("org.springframework.boot:spring-boot-maven-plugin", List.of("mainClass")),
            new Place("org.apache.maven.plugins:maven-jar-plugin", List.of("archive", "manifest", "mainClass")),
            new Place("org.codehaus.mojo:exec-maven-plugin", List.of("mainClass")));

    private MainClassConfiguration() {}

    static Optional<String> of(MavenProject project) {
        String name = configured(project);
        if (name == null) {
            // The property by which Spring Boot's parent names it.
            name = project.getProperties().getProperty("start-class", "");
        }
        String stripped = name.strip();
        return stripped.isEmpty() || stripped.contains("${") ? Optional.empty() : Optional.of(stripped);
    }

    /** The first that any of the plugins was told; {@code null} if none was. */
    private static String configured(MavenProject project) {
        for (Place place : PLACES) {
            Plugin plugin = project.getPlugin(place.plugin());
            if (plugin != null) {
                String name = value(plugin.getConfiguration(), place.path());
                for (PluginExecution execution : plugin.getExecutions()) {
                    name = name != null ? name : value(execution.getConfiguration(), place.path());
                }
                if (name != null) {
                    return name;
                }
            }
        }
        return null;
    }

    private static String value(Object configuration, List<String> path) {
        Xpp3Dom at = (Xpp3Dom) configuration;
        for (String name : path) {
            at = at == null ? null : at.getChild(name);
        }
        return at == null ? null : at.getValue();
    }
}
