// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
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
