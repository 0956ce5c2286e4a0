// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What Spring Boot's plugin leaves out of the archive that it makes of a project, by the configuration of its goal
 * {@code repackage}. The archive itself is not asked: it may be older than the POM, or made later than the image.
 */
final class Repackaging {

    private static final String PLUGIN = "org.springframework.boot:spring-boot-maven-plugin";
    private static final String GOAL = "repackage";

    /** From this version on, optional dependencies are left out unless asked for. */
    private static final int WITHOUT_OPTIONAL = 4;

    private final List<Execution> executions;

    private record Coordinates(String groupId, String artifactId, String classifier) {

        boolean match(Artifact artifact) {
            return artifact.getGroupId().equals(groupId)
                    && artifact.getArtifactId().equals(artifactId)
                    && (classifier == null || classifier.equals(artifact.getClassifier()));
        }
    }

    /** One execution of the goal, which makes one archive. */
    private static final class Execution {

        private final List<Coordinates> includes;
        private final List<Coordinates> excludes;
        private final List<String> excludedGroups;
        private final boolean system;
        private final boolean optional;

        Execution(Settings settings, int version) {
            this.includes = settings.coordinates("includes");
            this.excludes = settings.coordinates("excludes");
            this.excludedGroups = split(settings.text("excludeGroupIds", ""));
            this.system = Boolean.parseBoolean(settings.text("includeSystemScope", "false"));
            this.optional = Boolean.parseBoolean(settings.text("includeOptional", "" + (version < WITHOUT_OPTIONAL)));
        }

        boolean holds(Artifact artifact) {
            boolean scope = system || !Artifact.SCOPE_SYSTEM.equals(artifact.getScope());
            return scope
                    && (optional || !artifact.isOptional())
                    && !excludedGroups.contains(artifact.getGroupId())
                    && (includes.isEmpty() || isAmong(includes, artifact))
                    && !isAmong(excludes, artifact);
        }
    }

    private Repackaging(List<Execution> executions) {
        this.executions = executions;
    }

    /**
     * How the project is repackaged; empty if it is not.
     *
     * @param properties given on the command line, which the POM's configuration goes before
     */
    static Optional<Repackaging> of(MavenProject project, Properties properties) {
        Plugin plugin = project.getPlugin(PLUGIN);
        if (plugin == null) {
            return Optional.empty();
        }
        List<Execution> main = new ArrayList<>();
        List<Execution> besides = new ArrayList<>();
        for (PluginExecution execution : plugin.getExecutions()) {
            Settings settings =
                    new Settings((Xpp3Dom) execution.getConfiguration(), properties, project.getProperties());
            if (execution.getGoals().contains(GOAL)
                    && !"none".equals(execution.getPhase())
                    && !settings.text("skip", "false", "spring-boot.repackage.skip")
                            .equals("true")) {
                boolean classified = !settings.text("classifier", "", "spring-boot.repackage.classifier")
                        .isEmpty();
                (classified ? besides : main).add(new Execution(settings, major(plugin.getVersion())));
            }
        }
        List<Execution> meant = main.isEmpty() ? besides : main;
        return meant.isEmpty() ? Optional.empty() : Optional.of(new Repackaging(meant));
    }

    private static int major(String version) {
        int end = 0;
        while (version != null && end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end == 0 || end > 4 ? WITHOUT_OPTIONAL : Integer.parseInt(version.substring(0, end));
    }

    /** Whether an archive has it: of several, the one without a classifier decides, or else any. */
    boolean holds(Artifact artifact) {
        for (Execution execution : executions) {
            if (execution.holds(artifact)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(List<Coordinates> all, Artifact artifact) {
        for (Coordinates coordinates : all) {
            if (coordinates.match(artifact)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** What an execution is told: by its configuration, else by a property of the command line or the POM. */
    private record Settings(Xpp3Dom configuration, Properties commandLine, Properties pom) {

        String text(String name, String otherwise) {
            return text(name, otherwise, "spring-boot." + name);
        }

        String text(String name, String otherwise, String property) {
            Xpp3Dom child = configuration == null ? null : configuration.getChild(name);
            String value = child == null ? null : child.getValue();
            if (value == null || value.isBlank()) {
                value = commandLine.getProperty(property, pom.getProperty(property));
            }
            return value == null || value.isBlank() ? otherwise : value.strip();
        }

        List<Coordinates> coordinates(String name) {
            List<Coordinates> all = new ArrayList<>();
            Xpp3Dom list = configuration == null ? null : configuration.getChild(name);
            for (Xpp3Dom item : list == null ? new Xpp3Dom[0] : list.getChildren()) {
                if (item.getChildCount() == 0) {
                    all.addAll(read(item.getValue()));
                } else {
                    all.add(new Coordinates(text(item, "groupId"), text(item, "artifactId"), text(item, "classifier")));
                }
            }
            return list != null && list.getChildCount() > 0 ? all : read(text(name, ""));
        }

        private static String text(Xpp3Dom item, String name) {
            Xpp3Dom child = item.getChild(name);
            return child == null || child.getValue() == null
                    ? null
                    : child.getValue().strip();
        }

        private static List<Coordinates> read(String text) {
            List<Coordinates> all = new ArrayList<>();
            for (String item : split(text == null ? "" : text)) {
                String[] parts = item.split(":", -1);
                if (parts.length > 1) {
                    all.add(new Coordinates(parts[0], parts[1], parts.length > 2 ? parts[2] : null));
                }
            }
            return all;
        }
    }
}
