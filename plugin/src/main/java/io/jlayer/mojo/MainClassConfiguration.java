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

    private static final List<String> OF_ARCHIVES = List.of("archive", "manifest", "mainClass");

    /** Plugin, where in its configuration the class stands, and whether what a build does of its own accord means it too. */
    private record Place(String plugin, List<String> path, boolean ofBuild) {}

    private static final List<Place> PLACES = List.of(
            new Place("org.springframework.boot:spring-boot-maven-plugin", List.of("mainClass"), true),
            new Place("org.apache.maven.plugins:maven-jar-plugin", OF_ARCHIVES, true),
            new Place(
                    "org.apache.maven.plugins:maven-shade-plugin",
                    List.of("transformers", "transformer", "mainClass"),
                    true),
            new Place("org.apache.maven.plugins:maven-assembly-plugin", OF_ARCHIVES, true),
            // What it executes in a phase is a tool: it generates sources, or the like.
            new Place("org.codehaus.mojo:exec-maven-plugin", List.of("mainClass"), false));

    /** Spring Boot's parent names it by the one; by the other exec-maven-plugin is told of it, as by Micronaut's POMs. */
    private static final List<String> PROPERTIES = List.of("start-class", "exec.mainClass");

    private MainClassConfiguration() {}

    static Optional<String> of(MavenProject project) {
        String name = configured(project);
        if (name == null) {
            name = property(project);
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
                    boolean counts = place.ofBuild() || execution.getPhase() == null;
                    name = name != null || !counts ? name : value(execution.getConfiguration(), place.path());
                }
                if (name != null) {
                    return name;
                }
            }
        }
        return null;
    }

    private static String property(MavenProject project) {
        for (String name : PROPERTIES) {
            String value = project.getProperties().getProperty(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    /** The first text at the path; of several elements with a name, each may have what is wanted within. */
    private static String value(Object configuration, List<String> path) {
        Xpp3Dom at = (Xpp3Dom) configuration;
        if (at == null || path.isEmpty()) {
            return at == null ? null : at.getValue();
        }
        for (Xpp3Dom child : at.getChildren(path.get(0))) {
            String value = value(child, path.subList(1, path.size()));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
