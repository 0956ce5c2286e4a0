// SPDX-License-Identifier: Apache-2.0
package io.jlayer.error;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something could not be read or written, in words: Java often says no more than a file's name. */
public final class Reason {

    private Reason() {}

    /** The failure's own words, and what is meant by them where they are only a name. */
    public static String of(Throwable failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException broken
                    && broken.getReason() == null
                    && text.endsWith(String.valueOf(broken.getMessage()))) {
                return text + ": " + meaning(broken);
            }
        }
        return text;
    }

    private static String meaning(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or directory";
        } else if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "something is there already";
        } else if (failure instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        return failure.getClass().getSimpleName();
    }

    /** Whether the disk is full, or the user's share of it. */
    public static boolean isFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("no space left on device")
                    || text.contains("disk quota exceeded")
                    || text.contains("not enough space on the disk")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file is where a directory must be, or the other way round. */
    public static boolean isInTheWay(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
                return true;
            }
            String text = String.valueOf(cause.getMessage());
            if (text.endsWith("Not a directory") || text.endsWith("Is a directory")) {
                return true;
            }
        }
        return false;
    }

    /** The file that the user may not read or write; empty if that was not it. */
    public static String forbiddenFile(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return String.valueOf(denied.getFile());
            }
        }
        return "";
    }
}
