// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;

/**
 * Overlayfs' marks for what a layer hides, in the form that a plain user can write too: attributes whose names begin with
 * {@code user.overlay.}, which a mount with {@code userxattr} reads, as root also.
 *
 * @see <a href="https://www.kernel.org/doc/html/v6.12/filesystems/overlayfs.html#whiteouts-and-opaque-directories">kernel,
 *     overlayfs, whiteouts and opaque directories</a>
 */
final class Marks {

    /** Nothing below is seen in the directory. */
    static final String OPAQUE = "y";
    /** There are whiteouts in the directory that are files with an attribute. */
    static final String HOLDS_WHITEOUTS = "x";

    private static final String OPAQUE_NAME = "overlay.opaque";
    private static final String FUSE_OPAQUE_NAME = "fuseoverlayfs.opaque";
    private static final String WHITEOUT_NAME = "overlay.whiteout";

    private Marks() {}

    static void makeOpaque(Path directory, String how) throws IOException {
        try {
            FileAttributes.write(directory, OPAQUE_NAME, how.getBytes(StandardCharsets.UTF_8));
        } catch (FileSystemException e) {
            throw new IOException(
                    "mark " + directory + ": its file system keeps no user attributes;"
                            + " set the store to a directory on a local disk (jlayer.store)",
                    e);
        }
    }

    /** Makes a whiteout of the usual form, a device 0/0; empty if the file system does not let us. */
    static Optional<Path> makeWhiteout(Path file) throws IOException {
        try {
            HostCommand.run(List.of(HostPrograms.require("mknod"), "--", FileNames.text(file), "c", "0", "0"));
            return Optional.of(file);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("not permitted")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The other form, for stores that are themselves on an overlay. */
    static void makeWhiteoutByAttribute(Path file) throws IOException {
        makeOpaque(file.getParent(), HOLDS_WHITEOUTS);
        Files.write(file, new byte[0]);
        FileAttributes.write(file, WHITEOUT_NAME, new byte[] {'y'});
    }

    static boolean isWhiteout(Path file) throws IOException {
        FileStatus status = FileStatus.of(file);
        if (status.isCharacterDevice()) {
            return status.device() == 0;
        }
        return status.isFile() && status.size() == 0 && has(file, WHITEOUT_NAME);
    }

    static boolean isOpaque(Path directory) throws IOException {
        return value(directory, OPAQUE_NAME).equals(OPAQUE)
                || value(directory, FUSE_OPAQUE_NAME).equals(OPAQUE);
    }

    private static boolean has(Path file, String name) throws IOException {
        try {
            return PlainAttributes.names(file, view(file)).contains(name);
        } catch (AccessDeniedException e) {
            return false; // our own marks can always be read
        }
    }

    private static String value(Path file, String name) throws IOException {
        if (!has(file, name)) {
            return "";
        }
        ByteBuffer value = ByteBuffer.allocate(view(file).size(name));
        view(file).read(name, value);
        return new String(value.array(), 0, value.position(), StandardCharsets.UTF_8);
    }

    private static UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
