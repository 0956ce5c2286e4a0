// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What a project has its jar's manifest ask of the JVM. {@code java -jar} heeds that, and {@code java -cp} does not; so it is
 * made flags of, and an image runs as the jar does.
 */
final class ManifestFlags {

    private ManifestFlags() {}

    /** The flags, each once, in the order of the POM. */
    static List<String> of(MavenProject project) {
        Set<String> flags = new LinkedHashSet<>();
        for (Xpp3Dom entries : ManifestEntries.elements(project)) {
            addEntries(entries, flags);
        }
        return new ArrayList<>(flags);
    }

    private static void addEntries(Xpp3Dom entries, Set<String> flags) {
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
