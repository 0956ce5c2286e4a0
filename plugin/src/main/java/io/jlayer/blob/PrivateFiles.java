// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the store asks of the file system beyond {@link Files}: rights where there are such, and what was left behind. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    private PrivateFiles() {}

    /** Makes a directory that only its owner may enter, or takes the rights of others away from one that exists. */
    static void createDirectory(Path directory) throws IOException {
        if (!posix(directory.toAbsolutePath().getRoot())) {
            Files.createDirectories(directory);
            return;
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Set<PosixFilePermission> rights = EnumSet.copyOf(OWNER_ONLY);
        if (!Files.getPosixFilePermissions(directory).equals(rights)) {
            Files.setPosixFilePermissions(directory, rights);
        }
    }

    /** Takes the right to write away from everybody: a blob never changes. */
    static void makeReadOnly(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, READ_ONLY);
        }
    }

    private static boolean posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    /**
     * Whether nobody touched a draft since {@code limit}. One that is about to be published carries the blobs' seal, a time
     * long past; there the time counts at which that was set, and where the file system does not keep it, the draft stays.
     */
    static boolean abandonedBefore(Path draft, FileTime limit) throws IOException {
        try {
            FileTime modified = Files.getLastModifiedTime(draft, LinkOption.NOFOLLOW_LINKS);
            if (!modified.equals(FileBlobStore.SEAL)) {
                return modified.compareTo(limit) < 0;
            }
            long changed = FileState.of(draft).changed();
            return changed != 0 && changed < limit.to(TimeUnit.NANOSECONDS);
        } catch (NoSuchFileException e) {
            return false; // another process was quicker
        }
    }
}
