// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        return PLACES.stream()
                .flatMap(place -> Optional.ofNullable(project.getPlugin(place.plugin())).stream()
                        .flatMap(MainClassConfiguration::configurations)
                        .flatMap(dom -> value(dom, place.path()).stream()))
                .findFirst()
                // The property by which Spring Boot's parent names it.
                .or(() -> Optional.ofNullable(project.getProperties().getProperty("start-class")))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.contains("${"));
    }

    private static Stream<Xpp3Dom> configurations(Plugin plugin) {
        return Stream.concat(
                        Stream.ofNullable(plugin.getConfiguration()),
                        plugin.getExecutions().stream()
                                .map(PluginExecution::getConfiguration)
                                .filter(configuration -> configuration != null))
                .map(Xpp3Dom.class::cast);
    }

    private static Optional<String> value(Xpp3Dom dom, List<String> path) {
        Xpp3Dom at = dom;
        for (String name : path) {
            at = at.getChild(name);
            if (at == null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(at.getValue());
    }
}
