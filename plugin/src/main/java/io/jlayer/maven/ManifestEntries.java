// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** What a project has the manifest of its jar say, by the plugins that make jars to be run. */
final class ManifestEntries {

    private static final List<String> OTHERS =
            List.of("org.apache.maven.plugins:maven-shade-plugin", "org.apache.maven.plugins:maven-assembly-plugin");

    /** Attributes that the JVM or its class loaders heed, or that only tell of the jar, and how they begin. */
    private static final List<String> NOT_FOR_PROGRAMS = List.of(
            "Main-Class",
            "Class-Path",
            "Multi-Release",
            "Sealed",
            "Add-",
            "Enable-Native-Access",
            "Automatic-Module-Name",
            "Manifest-",
            "Implementation-",
            "Specification-",
            "Bundle-",
            "Build-",
            "Built-",
            "Created-");

    private ManifestEntries() {}

    /** The elements that hold them, in the order of the POM. */
    static List<Xpp3Dom> elements(MavenProject project) {
        List<Xpp3Dom> elements = new ArrayList<>();
        Plugin jar = project.getPlugin(MainJar.PLUGIN);
        if (jar != null) {
            MainJar.configurations(jar).forEach(configuration -> addFrom(configuration, elements));
        }
        for (String key : OTHERS) {
            Plugin plugin = project.getPlugin(key);
            if (plugin != null) {
                addFrom(plugin.getConfiguration(), elements);
                for (PluginExecution execution : plugin.getExecutions()) {
                    addFrom(execution.getConfiguration(), elements);
                }
            }
        }
        return elements;
    }

    /** Those that can only be meant for what is started. */
    static SortedMap<String, String> forPrograms(MavenProject project) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (Xpp3Dom element : elements(project)) {
            for (Xpp3Dom entry : element.getChildren()) {
                String value = entry.getValue();
                if (value != null && !value.contains("${") && isForPrograms(entry.getName())) {
                    entries.putIfAbsent(entry.getName(), value.strip());
                }
            }
        }
        return entries;
    }

    private static boolean isForPrograms(String name) {
        for (String other : NOT_FOR_PROGRAMS) {
            if (name.startsWith(other)) {
                return false;
            }
        }
        return true;
    }

    private static void addFrom(Object configuration, List<Xpp3Dom> elements) {
        if (configuration instanceof Xpp3Dom dom) {
            Xpp3Dom archive = dom.getChild("archive");
            if (archive != null) {
                addUnlessNull(archive.getChild("manifestEntries"), elements);
            }
            Xpp3Dom transformers = dom.getChild("transformers");
            if (transformers != null) {
                for (Xpp3Dom transformer : transformers.getChildren()) {
                    addUnlessNull(transformer.getChild("manifestEntries"), elements);
                }
            }
        }
    }

    private static void addUnlessNull(Xpp3Dom element, List<Xpp3Dom> elements) {
        if (element != null) {
            elements.add(element);
        }
    }
}
