// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.blob.FileNames;
import io.jlayer.error.Nearest;
import io.jlayer.project.Application;
import io.jlayer.project.Application.ClassPathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * Looks whether the class that somebody named is there. No more than a warning comes of it, since a base, or files of the
 * user's own, may bring it along.
 *
 * @param application whose class path it is
 * @param own the project's classes and resources, by their path
 */
record MainClassCheck(Application application, Set<String> own) {

    /** What to warn of; empty if the class is on the class path or the JDK's own. */
    Optional<String> missing(String name) throws IOException {
        String path = name.replace('.', '/') + ".class";
        if (own.contains(path) || ClassLoader.getPlatformClassLoader().getResource(path) != null) {
            return Optional.empty();
        }
        for (ClassPathEntry entry : application.classPath()) {
            if (has(entry.file(), path)) {
                return Optional.empty();
            }
        }
        return Optional.of("the main class " + name + " is not on the class path"
                + Nearest.suggest(name, names())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (String path : own) {
            if (path.endsWith(".class")) {
                names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
            }
        }
        return names;
    }

    private static boolean has(Path file, String path) throws IOException {
        if (Files.isDirectory(file)) {
            return Files.exists(FileNames.resolve(file, path));
        }
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.getEntry(path) != null;
        } catch (IOException e) {
            return true; // who knows what is in it
        }
    }
}
