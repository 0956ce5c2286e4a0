// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.blob.FileNames;
import io.jlayer.project.Runner;
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

    /** Where a jar lies of which an image was made as well; then the record tells of that image alone. */
    private static final String OF_CONTAINER = "quarkus-app/quarkus-run.jar";

    private QuarkusOutput() {}

    /** Whether the project is one that this plugin packages. */
    static boolean isExpected(MavenProject project) {
        return plugin(project) != null;
    }

    /** Whether the plugin packages it in each build, and not just when it is asked to. */
    static boolean isBound(MavenProject project) {
        Plugin plugin = plugin(project);
        return plugin != null
                && plugin.getExecutions().stream()
                        .anyMatch(execution ->
                                execution.getGoals().contains("build") && !"none".equals(execution.getPhase()));
    }

    private static Plugin plugin(MavenProject project) {
        for (Plugin plugin : project.getBuildPlugins()) {
            if (plugin.getArtifactId().equals(PLUGIN)) {
                return plugin;
            }
        }
        return null;
    }

    /** What was packaged; empty if the project has no such plugin, or it has left nothing that runs. */
    static Optional<Runner> of(MavenProject project) throws IOException {
        return isExpected(project) ? read(target(project)) : Optional.empty();
    }

    /** What is written last of all that is packaged. */
    static Path record(MavenProject project) {
        return target(project).resolve(RECORD);
    }

    private static Path target(MavenProject project) {
        return FileNames.of(project.getBuild().getDirectory()).normalize();
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
        String type = record.getProperty("type", "");
        String path = record.getProperty("path", type.equals("jar-container") ? OF_CONTAINER : "");
        Path start = FileNames.resolve(target, path).normalize();
        boolean executable = type.equals("native");
        boolean known = executable || start.toString().endsWith(".jar");
        return known && isPackaged(target, start) && Files.isRegularFile(start)
                ? Optional.of(runner(target, start, executable, record.getProperty("metadata.library-dir")))
                : Optional.empty();
    }

    /** Whether it is below {@code target}, and not what jlayer leaves there. */
    private static boolean isPackaged(Path target, Path path) {
        return path.startsWith(target) && !path.equals(target) && !path.startsWith(target.resolve("jlayer"));
    }

    /** A directory of its own is all of the application; else it is a jar, or an executable, and maybe its libraries. */
    private static Runner runner(Path target, Path start, boolean executable, String libraries) {
        Path root = start.getParent();
        if (!root.equals(target)) {
            return new Runner(root, start, List.of(root), executable);
        }
        List<Path> parts = new ArrayList<>(List.of(start));
        if (libraries != null && !executable) {
            Path directory = FileNames.resolve(target, libraries).normalize();
            if (isPackaged(target, directory) && Files.isDirectory(directory)) {
                parts.add(directory);
            }
        }
        return new Runner(root, start, parts, executable);
    }
}
