// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.blob.FileNames;
import io.jlayer.project.FilePatterns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The jar that maven-jar-plugin makes of a project to be run; it may make others, of tests or for clients. */
final class MainJar {

    static final String PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";

    private MainJar() {}

    /** How it is configured: by executions, which Maven has given what the plugin as a whole says; without any, by that. */
    static List<Xpp3Dom> configurations(Plugin plugin) {
        List<Xpp3Dom> configurations = new ArrayList<>();
        boolean made = false;
        for (PluginExecution execution : plugin.getExecutions()) {
            if (isMain(execution)) {
                made = true;
                addUnlessNull(configurations, execution.getConfiguration());
            }
        }
        if (!made) {
            addUnlessNull(configurations, plugin.getConfiguration());
        }
        return configurations;
    }

    /** Which of the project's classes and resources are in it. */
    static FilePatterns packaged(MavenProject project) {
        Plugin plugin = project.getPlugin(PLUGIN);
        for (Xpp3Dom configuration : plugin == null ? List.<Xpp3Dom>of() : configurations(plugin)) {
            FilePatterns patterns = new FilePatterns(list(configuration, "includes"), list(configuration, "excludes"));
            if (!patterns.meanAll()) {
                return patterns;
            }
        }
        return FilePatterns.ALL;
    }

    /** Maven takes elements, and a text with commas. */
    private static List<String> list(Xpp3Dom configuration, String name) {
        Xpp3Dom list = configuration.getChild(name);
        List<String> items = new ArrayList<>();
        if (list != null && list.getChildCount() > 0) {
            for (Xpp3Dom item : list.getChildren()) {
                addUnlessBlank(items, item.getValue());
            }
        } else if (list != null && list.getValue() != null) {
            for (String item : list.getValue().split(",", -1)) {
                addUnlessBlank(items, item);
            }
        }
        return items;
    }

    private static void addUnlessBlank(List<String> items, String item) {
        if (item != null && !item.isBlank()) {
            items.add(item.strip());
        }
    }

    /** The jar's file, as the plugin is told where to leave it; no more than a place, at which nothing need be. */
    static Path file(MavenProject project) {
        Path directory = FileNames.of(project.getBuild().getDirectory());
        Plugin plugin = project.getPlugin(PLUGIN);
        for (Xpp3Dom configuration : plugin == null ? List.<Xpp3Dom>of() : configurations(plugin)) {
            Xpp3Dom elsewhere = configuration.getChild("outputDirectory");
            if (elsewhere != null
                    && elsewhere.getValue() != null
                    && !elsewhere.getValue().isBlank()) {
                directory = ProjectDirectory.of(project)
                        .resolve(elsewhere.getValue().strip())
                        .normalize();
                break;
            }
        }
        return directory.resolve(project.getBuild().getFinalName() + ".jar");
    }

    private static void addUnlessNull(List<Xpp3Dom> configurations, Object configuration) {
        if (configuration instanceof Xpp3Dom dom) {
            configurations.add(dom);
        }
    }

    private static boolean isMain(PluginExecution execution) {
        boolean ofTests = execution.getGoals().contains("test-jar")
                && !execution.getGoals().contains("jar");
        return !ofTests && !"none".equals(execution.getPhase()) && !hasClassifier(execution.getConfiguration());
    }

    private static boolean hasClassifier(Object configuration) {
        Xpp3Dom classifier = configuration instanceof Xpp3Dom dom ? dom.getChild("classifier") : null;
        return classifier != null
                && classifier.getValue() != null
                && !classifier.getValue().isBlank();
    }
}
