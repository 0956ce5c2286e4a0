// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a jar's manifest where it is among the first entries, as in nearly all jars. Opening a jar means to read the names
 * of all its entries; this does not.
 */
final class ManifestInFront {

    /** Before it stand at most its directory and a few files that build tools want to be found fast. */
    private static final int FIRST_ENTRIES = 3;

    private ManifestInFront() {}

    /** The manifest's bytes; empty if it is not in front, or this does not look like a jar from its first byte on. */
    static Optional<byte[]> read(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(new BufferedInputStream(in, 4096))) {
            for (int i = 0; i < FIRST_ENTRIES; i++) {
                ZipEntry entry = zip.getNextEntry();
                if (entry == null) {
                    break;
                } else if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    return Optional.of(zip.readAllBytes());
                }
            }
            return Optional.empty();
        } catch (ZipException | EOFException | IllegalArgumentException odd) {
            return Optional.empty();
        }
    }
}
