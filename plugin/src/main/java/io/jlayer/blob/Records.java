// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Small things that were learnt once and need not be learnt again: which layer came of which inputs, what a jar holds.
 * Losing one costs time, never correctness.
 *
 * <p>Each record carries the CRC-32 of its content, so that one that was cut off or damaged counts as missing; they are
 * their owner's own, and no digest would make them safer from whoever can write to them. Safe for many threads and
 * processes; the last writer of a name wins.
 */
public final class Records {

    private static final int SUM = Long.BYTES;

    /** How exactly it is known when a record was last used; nobody needs that it stays. */
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final Path directory;
    private final Path tmp;

    Records(Path directory, Path tmp) {
        this.directory = directory;
        this.tmp = tmp;
    }

    /** The record, if it is there and sound. */
    public Optional<byte[]> read(Digest key) throws IOException {
        byte[] record;
        Path file = directory.resolve(key.hex());
        try {
            record = Files.readAllBytes(file);
            noteUse(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (record.length < SUM || ByteBuffer.wrap(record).getLong() != sumOf(record)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(record, SUM, record.length));
    }

    private static void noteUse(Path file) throws IOException {
        long now = System.currentTimeMillis();
        BasicFileAttributes look = Files.readAttributes(file, BasicFileAttributes.class);
        long last = Math.max(
                look.lastAccessTime().toMillis(), look.lastModifiedTime().toMillis());
        if (last < now - DAY) {
            try {
                Files.getFileAttributeView(file, BasicFileAttributeView.class)
                        .setTimes(null, FileTime.fromMillis(now), null);
            } catch (FileSystemException e) {
                return; // it is somebody else's, or just gone
            }
        }
    }

    /** Writes or replaces the record, at once or not at all. */
    public void write(Digest key, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path draft = DraftName.in(tmp, "record-");
        try {
            byte[] record = new byte[SUM + content.length];
            System.arraycopy(content, 0, record, SUM, content.length);
            ByteBuffer.wrap(record).putLong(sumOf(record));
            Files.write(draft, record);
            Files.move(
                    draft,
                    directory.resolve(key.hex()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static long sumOf(byte[] record) {
        CRC32 sum = new CRC32();
        sum.update(record, SUM, record.length - SUM);
        return sum.getValue();
    }
}
