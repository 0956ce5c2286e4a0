// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Reads which class a project starts, where it has told another plugin so already. */
final class MainClassConfiguration {

    private static final String JAR = MainJar.PLUGIN;
    private static final String SHADE = "org.apache.maven.plugins:maven-shade-plugin";
    private static final String ASSEMBLY = "org.apache.maven.plugins:maven-assembly-plugin";

    private static final List<String> OF_ARCHIVES = List.of("archive", "manifest", "mainClass");
    private static final List<String> ENTRY = List.of("archive", "manifestEntries", "Main-Class");

    /** Plugin, where in its configuration the class stands, and whether what a build does of its own accord means it too. */
    private record Place(String plugin, List<String> path, boolean ofBuild) {}

    private static final List<Place> PLACES = List.of(
            new Place("org.springframework.boot:spring-boot-maven-plugin", List.of("mainClass"), true),
            new Place(JAR, OF_ARCHIVES, true),
            new Place(JAR, ENTRY, true),
            new Place(SHADE, List.of("transformers", "transformer", "mainClass"), true),
            new Place(SHADE, List.of("transformers", "transformer", "manifestEntries", "Main-Class"), true),
            new Place(ASSEMBLY, OF_ARCHIVES, true),
            new Place(ASSEMBLY, ENTRY, true),
            new Place("org.apache.felix:maven-bundle-plugin", List.of("instructions", "Main-Class"), true),
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
        return isName(stripped) ? Optional.of(stripped) : Optional.empty();
    }

    /** The first that any of the plugins was told; {@code null} if none was. */
    private static String configured(MavenProject project) {
        for (Place place : PLACES) {
            Plugin plugin = project.getPlugin(place.plugin());
            if (plugin != null) {
                String name = null;
                for (Object configuration : configurations(place, plugin)) {
                    name = name != null ? name : value(configuration, place.path());
                }
                if (isName(name)) {
                    return name;
                }
            }
        }
        return null;
    }

    private static List<?> configurations(Place place, Plugin plugin) {
        if (place.plugin().equals(JAR)) {
            return MainJar.configurations(plugin);
        }
        List<Object> configurations = new ArrayList<>();
        configurations.add(plugin.getConfiguration());
        for (PluginExecution execution : plugin.getExecutions()) {
            if (place.ofBuild() || execution.getPhase() == null) {
                configurations.add(execution.getConfiguration());
            }
        }
        return configurations;
    }

    /** Spring Boot's parent names a property that the project need not have. */
    private static boolean isName(String text) {
        return text != null && !text.isBlank() && !text.contains("${");
    }

    private static String property(MavenProject project) {
        for (String name : PROPERTIES) {
            String value = project.getProperties().getProperty(name, "");
            if (isName(value)) {
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
