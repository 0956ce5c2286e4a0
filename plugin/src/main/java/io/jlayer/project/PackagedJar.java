// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.error.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/** The jar that was packaged of a project: by whichever plugin and settings, its manifest says what {@code java -jar} starts. */
public final class PackagedJar {

    /** Where a launcher's manifest, as Spring Boot's, says what the launcher starts. */
    private static final String STARTED_BY_LAUNCHER = "Start-Class";

    private PackagedJar() {}

    /** What its manifest names; empty if it names nothing, or this is no jar. */
    public static Optional<String> mainClass(Path jar) throws IOException {
        try {
            Optional<Manifest> manifest = manifest(jar);
            if (manifest.isEmpty()) {
                return Optional.empty();
            }
            Attributes main = manifest.get().getMainAttributes();
            String name = main.getValue(STARTED_BY_LAUNCHER);
            return Optional.ofNullable(name != null ? name : main.getValue(Attributes.Name.MAIN_CLASS))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        } catch (ZipException notAJar) {
            return Optional.empty();
        }
    }

    /** Whether a launcher of its own, as Spring Boot's, starts what lies within it. */
    public static boolean hasLauncher(Path jar) throws IOException {
        try {
            Optional<Manifest> manifest = manifest(jar);
            return manifest.isPresent() && manifest.get().getMainAttributes().getValue(STARTED_BY_LAUNCHER) != null;
        } catch (ZipException notAJar) {
            return false; // who reads it will say so
        }
    }

    /**
     * Its manifest; empty if it has none.
     *
     * @throws ZipException if this is no jar
     * @throws UserError if the manifest is damaged
     */
    public static Optional<Manifest> manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return manifest(file, jar);
        }
    }

    private static Optional<Manifest> manifest(JarFile file, Path jar) {
        try {
            return Optional.ofNullable(file.getManifest());
        } catch (IOException e) {
            throw new UserError(
                    "its manifest cannot be read: " + e.getMessage(),
                    jar.toString(),
                    "mend the manifest that the POM names for it, if it names one, and package it again: mvn clean package",
                    e);
        }
    }
}
