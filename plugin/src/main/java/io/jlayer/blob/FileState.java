// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.file.Files;
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

    /** Clocks of file systems tick in some milliseconds, or in seconds: up to two on FAT. */
    private static final long FINE_TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long COARSE_TICK = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Looks at a file, through links. */
    public static FileState of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(basic.size(), nanos(basic.lastModifiedTime()), 0, 0);
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        return new FileState(
                (Long) unix.get("size"),
                nanos((FileTime) unix.get("lastModifiedTime")),
                nanos((FileTime) unix.get("ctime")),
                ((Number) unix.get("ino")).longValue());
    }

    /**
     * Whether a change after {@code time} would show: a file that was written to just before could be written to again
     * within the same tick of the file system's clock. Git calls such files racily clean.
     */
    boolean settledAt(Instant time) {
        long latest = Math.max(modified, changed);
        long tick = modified % SECOND == 0 ? COARSE_TICK : FINE_TICK;
        return latest + tick < nanos(FileTime.from(time));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
