// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What a project has its jar's manifest ask of the JVM. {@code java -jar} heeds that, and {@code java -cp} does not; so it is
 * made flags of, and an image runs as the jar does.
 */
final class ManifestFlags {

    private static final List<String> OTHERS =
            List.of("org.apache.maven.plugins:maven-shade-plugin", "org.apache.maven.plugins:maven-assembly-plugin");

    private ManifestFlags() {}

    /** The flags, each once, in the order of the POM. */
    static List<String> of(MavenProject project) {
        Set<String> flags = new LinkedHashSet<>();
        Plugin jar = project.getPlugin(MainJar.PLUGIN);
        if (jar != null) {
            MainJar.configurations(jar).forEach(configuration -> addFrom(configuration, flags));
        }
        for (String key : OTHERS) {
            Plugin plugin = project.getPlugin(key);
            if (plugin != null) {
                addFrom(plugin.getConfiguration(), flags);
                for (PluginExecution execution : plugin.getExecutions()) {
                    addFrom(execution.getConfiguration(), flags);
                }
            }
        }
        return new ArrayList<>(flags);
    }

    private static void addFrom(Object configuration, Set<String> flags) {
        if (configuration instanceof Xpp3Dom dom) {
            Xpp3Dom archive = dom.getChild("archive");
            if (archive != null) {
                addEntries(archive, flags);
            }
            Xpp3Dom transformers = dom.getChild("transformers");
            if (transformers != null) {
                for (Xpp3Dom transformer : transformers.getChildren()) {
                    addEntries(transformer, flags);
                }
            }
        }
    }

    private static void addEntries(Xpp3Dom parent, Set<String> flags) {
        Xpp3Dom entries = parent.getChild("manifestEntries");
        if (entries != null) {
            for (String opened : words(entries, "Add-Opens")) {
                flags.add("--add-opens=" + opened + "=ALL-UNNAMED");
            }
            for (String exported : words(entries, "Add-Exports")) {
                flags.add("--add-exports=" + exported + "=ALL-UNNAMED");
            }
            for (String module : words(entries, "Enable-Native-Access")) {
                flags.add("--enable-native-access=" + module);
            }
        }
    }

    private static List<String> words(Xpp3Dom entries, String name) {
        Xpp3Dom entry = entries.getChild(name);
        String value = entry == null || entry.getValue() == null ? "" : entry.getValue();
        List<String> words = new ArrayList<>();
        for (String word : value.strip().split("\\s+", -1)) {
            if (!word.isEmpty() && !word.contains("${")) {
                words.add(word);
            }
        }
        return words;
    }
}
