// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is told of a failure that is nobody's mistake: what happened to which file, and what may help. */
final class FailureText {

    private FailureText() {}

    static String of(IOException failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String detail = String.valueOf(cause.getMessage());
            if (detail.contains("No space left on device") || detail.contains("Disk quota exceeded")) {
                return text
                        + "\n  To fix: free some space, or put the store on another disk by -Djlayer.store=DIRECTORY;"
                        + " nothing half-written was left behind";
            } else if (cause instanceof AccessDeniedException denied) {
                return text + "\n  To fix: let the user that runs Maven read and write " + denied.getFile();
            } else if (cause instanceof NoSuchFileException missing && cause == failure) {
                return "there is no file " + missing.getFile();
            } else if (cause instanceof FileSystemException broken && cause == failure) {
                return broken.getFile() + ": " + broken.getReason();
            }
        }
        return text;
    }
}
