// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Notices elements right below {@code <configuration>} that nobody reads: Maven 3.8 passes over them without a word. What
 * is further inside, Maven refuses, and {@link ConfigurationSlip} tells why.
 */
final class ConfigurationCheck {

    private final SortedSet<String> known;
    private final Class<?> goal;

    /** {@code known} are the elements that any goal reads, since all goals share one configuration; {@code goal} runs. */
    ConfigurationCheck(SortedSet<String> known, Class<?> goal) {
        this.known = new TreeSet<>(known);
        this.goal = goal;
    }

    /** Looks at the plugin's configuration and its executions'. */
    void check(Plugin plugin) {
        check(plugin.getConfiguration());
        for (PluginExecution execution : plugin.getExecutions()) {
            check(execution.getConfiguration());
        }
    }

    private void check(Object configuration) {
        if (!(configuration instanceof Xpp3Dom dom)) {
            return;
        }
        for (Xpp3Dom child : dom.getChildren()) {
            if (!known.contains(child.getName())) {
                throw new UserError(
                        "there is no setting <" + child.getName() + ">",
                        "<configuration> of jlayer-maven-plugin",
                        remedy(child.getName()));
            }
        }
    }

    private String remedy(String name) {
        List<String> outer = ConfigurationFields.withinOf(goal, name);
        if (!outer.isEmpty()) {
            return "did you mean <" + String.join("><" + name + "> or <", outer) + "><" + name + ">?";
        }
        // Maven's own of the goals, as <session>, are no settings of users.
        return Nearest.suggest(name, known)
                .map(near -> "did you mean <" + near + ">?")
                .orElseGet(() -> "the settings are "
                        + String.join(", ", ConfigurationFields.of(goal).keySet()));
    }
}
