// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.nio.file.Path;
import java.util.Random;

/** Names for files that are written first and take another's place then. */
public final class DraftName {

    private DraftName() {}

    /**
     * A hidden name beside {@code file} that nobody else takes, by chance. Nothing hangs on that nobody guesses it, so the
     * JDK's random numbers for secrets, which take a cold machine many milliseconds, are not needed.
     */
    public static Path beside(Path file) {
        String name = FileNames.text(file.getFileName());
        return file.resolveSibling(FileNames.of("." + name + "." + Long.toHexString(new Random().nextLong()) + ".tmp"));
    }
}
