// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.blob.AtomicFile;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that a user named for what a goal finds out. A regular one is replaced at once or not at all; into a pipe, a device
 * or what a link leads to is written, as {@code /dev/stdout} and {@code >(jq .)} want it.
 */
public final class ResultFile {

    private ResultFile() {}

    /** What is to stand in it. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes it, and the directories above it that are missing.
     *
     * @throws UserError if its disk is full
     */
    public static void write(Path file, Content content) throws IOException {
        Path absolute = file.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            if (Files.isRegularFile(absolute, LinkOption.NOFOLLOW_LINKS)
                    || Files.notExists(absolute, LinkOption.NOFOLLOW_LINKS)) {
                replace(absolute, content);
            } else {
                try (OutputStream out = Files.newOutputStream(absolute)) {
                    content.writeTo(out);
                }
            }
        } catch (IOException e) {
            if (Reason.isFullDisk(e)) {
                String why = Reason.of(e);
                throw new UserError(
                        why.contains(file.toString()) ? why : "write " + file + ": " + why,
                        "",
                        "free some space there, or name a file elsewhere",
                        e);
            }
            throw e;
        }
    }

    /** As {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    private static void replace(Path file, Content content) throws IOException {
        try (AtomicFile replaced = AtomicFile.replacing(file, AtomicFile.Sync.NONE)) {
            content.writeTo(replaced.content());
            replaced.commit();
        }
    }
}
