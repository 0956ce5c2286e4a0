// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.PathWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel says of a file, links not followed.
 *
 * @param bits kind and permissions
 * @param uid owner, as this process sees it
 * @param gid group, as this process sees it
 * @param size in bytes
 * @param device of a device node; else 0
 * @param mtime seconds since 1970
 * @param links number of names
 * @param inode equal for names of one file
 */
record FileStatus(int bits, long uid, long gid, long size, long device, long mtime, int links, String inode) {

    private static final int KIND = 0170000;

    static FileStatus of(Path file) throws IOException {
        Map<String, Object> all = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        return new FileStatus(
                (Integer) all.get("mode"),
                Integer.toUnsignedLong((Integer) all.get("uid")),
                Integer.toUnsignedLong((Integer) all.get("gid")),
                (Long) all.get("size"),
                (Long) all.get("rdev"),
                ((FileTime) all.get("lastModifiedTime")).to(TimeUnit.SECONDS),
                (Integer) all.get("nlink"),
                all.get("dev") + ":" + all.get("ino"));
    }

    /** As {@link #of}; empty if there is nothing. */
    static Optional<FileStatus> find(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(of(file)) : Optional.empty();
    }

    /** What a walk needs to know of a file that is there. */
    static PathWalk.Found look(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return PathWalk.Found.link(FileNames.text(Files.readSymbolicLink(file)));
        }
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? PathWalk.Found.DIRECTORY : PathWalk.Found.FILE;
    }

    boolean isFile() {
        return (bits & KIND) == 0100000;
    }

    boolean isDirectory() {
        return (bits & KIND) == 0040000;
    }

    boolean isSymlink() {
        return (bits & KIND) == 0120000;
    }

    boolean isCharacterDevice() {
        return (bits & KIND) == 0020000;
    }

    boolean isBlockDevice() {
        return (bits & KIND) == 0060000;
    }

    /** As Linux puts a device's two numbers into one. */
    int deviceMajor() {
        return (int) ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL));
    }

    int deviceMinor() {
        return (int) ((device & 0xff) | (device >>> 12 & ~0xffL));
    }

    boolean isFifo() {
        return (bits & KIND) == 0010000;
    }

    /** Regular file, directory, link and so on, as a number. */
    int kind() {
        return bits & KIND;
    }

    int mode() {
        return bits & 07777;
    }

    /** What a layer would say of the file; without extended attributes. */
    Metadata metadata(Ownership ownership) {
        return new Metadata(mode(), ownership.uidWithin(uid), ownership.gidWithin(gid), mtime, new TreeMap<>());
    }
}
