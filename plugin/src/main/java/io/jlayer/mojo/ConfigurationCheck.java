// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
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

    /** {@code known} are the elements that any goal reads, since all goals share one configuration. */
    ConfigurationCheck(SortedSet<String> known) {
        this.known = new TreeSet<>(known);
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
                        Nearest.suggest(child.getName(), known)
                                .map(near -> "did you mean <" + near + ">?")
                                .orElse("the settings are " + String.join(", ", known)));
            }
        }
    }
}
