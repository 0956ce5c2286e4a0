// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Provider;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Which JDK builds a project, and links what it runs on: the one that its toolchains choose, else the one that Maven runs on,
 * also where the other is too old to link.
 */
public final class BuildingJdk {

    private static final String TYPE = "jdk";
    private static final String PLUGIN = "org.apache.maven.plugins:maven-toolchains-plugin";

    private BuildingJdk() {}

    /** Its directory. Projects without toolchains, which are most, ask no more than their model. */
    public static Path home(MavenProject project, MavenSession session, Provider<ToolchainManager> manager) {
        Plugin plugin = project.getPlugin(PLUGIN);
        Toolchain chosen = plugin == null ? null : chosen(plugin, session, manager.get());
        boolean links = chosen != null && chosen.findTool("jlink") != null;
        String java = links ? chosen.findTool("java") : null;
        return java == null
                ? Path.of(System.getProperty("java.home"))
                : Path.of(java).toAbsolutePath().getParent().getParent();
    }

    /** Where a goal is called alone, nothing was chosen in this run; then the plugin's configuration says what would be. */
    private static Toolchain chosen(Plugin plugin, MavenSession session, ToolchainManager manager) {
        Toolchain chosen = manager.getToolchainFromBuildContext(TYPE, session);
        Map<String, String> wanted = chosen == null ? wanted(plugin) : Map.of();
        if (wanted.isEmpty()) {
            return chosen;
        }
        List<Toolchain> fitting = manager.getToolchains(session, TYPE, wanted);
        return fitting.isEmpty() ? null : fitting.get(0);
    }

    private static Map<String, String> wanted(Plugin plugin) {
        Map<String, String> wanted = new TreeMap<>();
        Xpp3Dom configuration = (Xpp3Dom) plugin.getConfiguration();
        Xpp3Dom toolchains = configuration == null ? null : configuration.getChild("toolchains");
        Xpp3Dom jdk = toolchains == null ? null : toolchains.getChild(TYPE);
        for (Xpp3Dom requirement : jdk == null ? new Xpp3Dom[0] : jdk.getChildren()) {
            wanted.put(requirement.getName(), requirement.getValue());
        }
        return wanted;
    }
}
