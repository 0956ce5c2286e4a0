// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.io.File;

/** A file that a goal is to write. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Looks at it before the work.
     *
     * @param file null if there is none to write
     * @param setting where it was named
     * @throws UserError if it is a directory
     */
    static void check(File file, String setting) {
        if (file != null && file.isDirectory()) {
            throw new UserError(file + " is a directory", setting, "name a file");
        }
    }
}
