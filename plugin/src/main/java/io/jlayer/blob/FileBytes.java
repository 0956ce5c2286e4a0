// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files of this machine to be read once, from start to end. */
public final class FileBytes {

    private FileBytes() {}

    /**
     * Opens a file, without the channel that {@link Files} would give: that goes through many more methods, which a JVM that
     * has compiled nothing yet feels when there are as many files as classes. It fails as {@link Files#newInputStream} does,
     * which says more clearly why.
     */
    public static InputStream open(Path file) throws IOException {
        if (file.getFileSystem() == FileSystems.getDefault()) {
            String name = file.toString();
            try {
                return FileNames.survives(name) ? new FileInputStream(name) : Files.newInputStream(file);
            } catch (FileNotFoundException saysTooLittle) {
                return Files.newInputStream(file);
            }
        }
        return Files.newInputStream(file);
    }
}
