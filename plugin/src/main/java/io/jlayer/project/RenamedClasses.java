// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Tells whether a plugin, as an obfuscator, left other classes in the packaged jar than were compiled. What lies in it at
 * other places, as in the jars of launchers, tells nothing; nor do classes that were compiled after it.
 */
public final class RenamedClasses {

    /** Where Spring Boot puts the project's own. */
    private static final String BOOT = "BOOT-INF/classes/";

    private RenamedClasses() {}

    /** The path of a compiled class that the jar lacks, though it has others; empty if there is none, or this is no jar. */
    public static Optional<String> first(Path jar, SortedMap<String, FileEntry> own) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            String missing = null;
            boolean others = false;
            for (Map.Entry<String, FileEntry> file : own.entrySet()) {
                String name = file.getKey();
                if (name.endsWith(".class") && !tellsNothing(name)) {
                    if (has(zip, name)) {
                        others = true;
                    } else if (missing == null && isOlder(file.getValue(), jar)) {
                        missing = name;
                    }
                }
                if (others && missing != null) {
                    return Optional.of(missing);
                }
            }
            return Optional.empty();
        } catch (ZipException notAJar) {
            return Optional.empty();
        }
    }

    private static boolean has(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        return entry != null || zip.getEntry(BOOT + name) != null;
    }

    /** What merges jars often leaves out descriptions of modules and packages. */
    private static boolean tellsNothing(String name) {
        return name.endsWith("module-info.class") || name.endsWith("package-info.class");
    }

    private static boolean isOlder(FileEntry own, Path jar) throws IOException {
        if (!(own instanceof FileEntry.Regular regular)) {
            return false;
        }
        FileContent content = regular.content();
        if (content.file().isEmpty()) {
            return false;
        }
        FileTime compiled = Files.getLastModifiedTime(content.file().get());
        return compiled.compareTo(Files.getLastModifiedTime(jar)) <= 0;
    }
}
