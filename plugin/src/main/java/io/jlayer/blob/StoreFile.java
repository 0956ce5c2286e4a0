// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A file in a store.
 *
 * @param kind what it is
 * @param file where it is
 * @param look how it looked
 * @param hold why it stays in any case
 * @param worthless whether nobody could use it, so that no time counts
 */
record StoreFile(Kind kind, Path file, Look look, Optional<Hold> hold, boolean worthless) implements StoreItem {

    /**
     * How a file looks.
     *
     * @param size bytes
     * @param modified when it was written to
     * @param used the latest of all its times
     * @param links how many names it has; 1 where that is not known
     */
    record Look(long size, FileTime modified, Instant used, int links) {

        /** Looks at a regular file; empty if there is none, or something else. No link is followed. */
        static Optional<Look> at(Path file) throws IOException {
            try {
                BasicFileAttributes basic =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!basic.isRegularFile()) {
                    return Optional.empty();
                }
                FileTime used = later(basic.lastAccessTime(), basic.lastModifiedTime());
                int links = 1;
                if (FileState.hasUnixAttributes(file)) {
                    Map<String, Object> unix =
                            Files.readAttributes(file, "unix:ctime,nlink", LinkOption.NOFOLLOW_LINKS);
                    used = later(used, (FileTime) unix.get("ctime"));
                    links = (Integer) unix.get("nlink");
                }
                return Optional.of(new Look(basic.size(), basic.lastModifiedTime(), used.toInstant(), links));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        private static FileTime later(FileTime one, FileTime other) {
            return one.compareTo(other) < 0 ? other : one;
        }
    }

    @Override
    public long size() {
        return look.size();
    }

    @Override
    public Instant used() {
        return worthless ? Instant.MIN : look.used();
    }

    @Override
    public boolean takeAway() throws IOException {
        Optional<Look> now = Look.at(file);
        return now.isPresent() && isStill(now.get()) && Files.deleteIfExists(file);
    }

    /** That the bytes of what is worthless were read tells nothing. */
    private boolean isStill(Look now) {
        return worthless ? now.size() == look.size() && now.modified().equals(look.modified()) : now.equals(look);
    }
}
