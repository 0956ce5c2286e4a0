// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/** The jar that was packaged of a project: by whichever plugin and settings, its manifest says what {@code java -jar} starts. */
final class PackagedJar {

    /** Where a launcher's manifest, as Spring Boot's, says what the launcher starts. */
    private static final String STARTED_BY_LAUNCHER = "Start-Class";

    private PackagedJar() {}

    /** What its manifest names; empty if it names nothing, or this is no jar. */
    static Optional<String> mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                return Optional.empty();
            }
            Attributes main = manifest.getMainAttributes();
            String name = main.getValue(STARTED_BY_LAUNCHER);
            return Optional.ofNullable(name != null ? name : main.getValue(Attributes.Name.MAIN_CLASS))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        } catch (ZipException notAJar) {
            return Optional.empty();
        }
    }
}
