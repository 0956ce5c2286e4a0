// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * What one look at a path tells: what is there itself, not where a link leads, and how it looks.
 *
 * @param kind what it is
 * @param state how it looks
 */
public record FileLook(Kind kind, FileState state) {

    /** What a directory can hold. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /** A socket, a pipe or a device. */
        OTHER
    }

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;

    /** Looks at what a directory holds; it fails if nothing is there. */
    public static FileLook at(Path path) throws IOException {
        if (!FileState.hasUnixAttributes(path)) {
            BasicFileAttributes basic =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileLook(kind(basic), FileState.of(basic));
        }
        Map<String, Object> unix =
                Files.readAttributes(path, "unix:mode," + FileState.UNIX_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new FileLook(kind((Integer) unix.get("mode")), FileState.of(unix));
    }

    private static Kind kind(BasicFileAttributes basic) {
        if (basic.isRegularFile()) {
            return Kind.FILE;
        } else if (basic.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return basic.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE) {
            case REGULAR -> Kind.FILE;
            case DIRECTORY -> Kind.DIRECTORY;
            case LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }
}
