// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.build.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Finds what quarkus-maven-plugin packaged. A Quarkus application is made when it is packaged, of classes that the plugin
 * writes; it cannot be started from what was compiled.
 */
final class QuarkusOutput {

    private static final String PLUGIN = "quarkus-maven-plugin";
    /** What the plugin leaves, to tell of what it left. */
    private static final String RECORD = "quarkus-artifact.properties";

    private QuarkusOutput() {}

    /** What was packaged; empty if the project has no such plugin, or it has left nothing that runs. */
    static Optional<Runner> of(MavenProject project) throws IOException {
        for (Plugin plugin : project.getBuildPlugins()) {
            if (plugin.getArtifactId().equals(PLUGIN)) {
                return read(FileNames.of(project.getBuild().getDirectory()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Runner> read(Path target) throws IOException {
        Path file = target.resolve(RECORD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            record.load(in);
        }
        Path start = target.resolve(record.getProperty("path", "")).normalize();
        boolean executable = record.getProperty("type", "").equals("native");
        boolean known = executable || start.toString().endsWith(".jar");
        return known && Files.isRegularFile(start)
                ? Optional.of(runner(target, start, executable, record.getProperty("metadata.library-dir")))
                : Optional.empty();
    }

    /** A directory of its own is all of the application; else it is a jar, or an executable, and maybe its libraries. */
    private static Runner runner(Path target, Path start, boolean executable, String libraries) {
        Path root = start.getParent();
        if (!root.equals(target)) {
            return new Runner(root, start, List.of(root), executable);
        }
        List<Path> parts = new ArrayList<>(List.of(start));
        if (libraries != null && !executable) {
            Path directory = target.resolve(libraries).normalize();
            if (directory.startsWith(target) && Files.isDirectory(directory)) {
                parts.add(directory);
            }
        }
        return new Runner(root, start, parts, executable);
    }
}
