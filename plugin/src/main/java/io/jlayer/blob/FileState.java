// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file without reading it. While it says the same, the bytes are the same, as far as
 * {@link #settledAt} goes.
 *
 * @param size bytes
 * @param modified nanoseconds since 1970
 * @param changed when its attributes changed, which no program can set back; 0 where there is no such time
 * @param inode which file; 0 where there is no such number
 */
public record FileState(long size, long modified, long changed, long inode) {

    /** Where there is nothing. */
    private static final FileState NOTHING = new FileState(-1, 0, 0, 0);

    /** Clocks of file systems tick in some milliseconds, or in seconds: up to two on FAT. */
    private static final long FINE_TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long COARSE_TICK = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The attributes that make up a state, as {@link Files#readAttributes(Path, String, java.nio.file.LinkOption...)} names them. */
    static final String UNIX_ATTRIBUTES = "size,lastModifiedTime,ctime,ino";

    /** Looks at a file, through links. */
    public static FileState of(Path file) throws IOException {
        return hasUnixAttributes(file)
                ? of(Files.readAttributes(file, "unix:" + UNIX_ATTRIBUTES))
                : of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    static boolean hasUnixAttributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    static FileState of(BasicFileAttributes basic) {
        return new FileState(basic.size(), nanos(basic.lastModifiedTime()), 0, 0);
    }

    static FileState of(Map<String, Object> unix) {
        return new FileState(
                (Long) unix.get("size"),
                nanos((FileTime) unix.get("lastModifiedTime")),
                nanos((FileTime) unix.get("ctime")),
                ((Number) unix.get("ino")).longValue());
    }

    /** Looks at what may be a file, a directory or nothing, through links. */
    static FileState ofAny(Path path) throws IOException {
        try {
            return of(path);
        } catch (NoSuchFileException e) {
            return NOTHING;
        } catch (FileSystemException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return NOTHING; // what should be a directory on the way is a file
        }
    }

    /**
     * The same without the time of the last change of attributes, for files whose links come and go: a blob that gets
     * another hard link is still the same blob.
     */
    public FileState withoutChanged() {
        return new FileState(size, modified, 0, inode);
    }

    /** Whether a file that looked like this, and looks like {@code now}, is the same as far as this tells. */
    boolean isStill(FileState now) {
        return equals(changed == 0 ? now.withoutChanged() : now);
    }

    /**
     * Whether a change after {@code time} would show: a file that was written to just before could be written to again
     * within the same tick of the file system's clock. Git calls such files racily clean.
     */
    public boolean settledAt(Instant time) {
        long latest = Math.max(modified, changed);
        long tick = modified % SECOND == 0 ? COARSE_TICK : FINE_TICK;
        return latest + tick < nanos(FileTime.from(time));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /** As the compiler's own, which costs a cold machine some milliseconds to link. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileState state
                && size == state.size
                && modified == state.modified
                && changed == state.changed
                && inode == state.inode;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size ^ modified ^ changed ^ inode);
    }
}
