// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Listing;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Java runtime is linked for.
 *
 * @param directories of the project's own compiled classes
 * @param classFiles those that are in them
 * @param dependencies whether it runs with anything besides them
 * @param flags what the JVM is told, and so may need modules that no class names
 */
public record JdkApplication(
        List<Path> directories, List<LocalFile> classFiles, boolean dependencies, List<String> flags) {

    public JdkApplication {
        directories = List.copyOf(directories);
        classFiles = List.copyOf(classFiles);
        flags = List.copyOf(flags);
    }

    /**
     * Looks for the classes of a project.
     *
     * @param directories of its own compiled classes; those that do not exist are passed over
     * @param classPath what it runs with besides
     */
    public static JdkApplication of(List<Path> directories, List<Path> classPath, FileDigests digests)
            throws IOException {
        List<Path> existing = directories.stream().filter(Files::isDirectory).toList();
        List<LocalFile> classFiles = new ArrayList<>();
        for (Path directory : existing) {
            for (Path file : Listing.below(directory)) {
                if (isClass(file)) {
                    classFiles.add(new LocalFile(file, digests));
                }
            }
        }
        return new JdkApplication(existing, classFiles, !classPath.isEmpty(), List.of());
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && Files.isRegularFile(file);
    }
}
