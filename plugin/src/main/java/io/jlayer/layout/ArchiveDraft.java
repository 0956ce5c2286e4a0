// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.FileState;
import io.jlayer.layer.Metadata;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** An archive that is being written beside its place; a commit puts it there, whole. Closed without one, it is gone. */
final class ArchiveDraft implements Closeable {

    private final Path file;
    private final Path draft;
    private final FileChannel channel;
    private final TarWriter tar;
    private final Instant began = Instant.now();

    /** Bytes whose number is known before they are read. */
    record SizedBlob(long size, Blob blob) {}

    ArchiveDraft(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Files.createDirectories(this.file.getParent());
        this.draft = this.file.resolveSibling(FileNames.of("." + FileNames.text(file.getFileName()) + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().getId()));
        this.channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.tar = new TarWriter(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    }

    void add(String name, byte[] content) throws IOException {
        add(name, new SizedBlob(content.length, Blob.of(content)));
    }

    /** Adds the blobs and, before them, the directories that a layout has. */
    void addBlobs(SortedMap<String, SizedBlob> blobs) throws IOException {
        for (String directory : new String[] {"blobs", "blobs/sha256"}) {
            tar.begin(new TarEntry(directory, TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, Metadata.FIXED_MTIME, ""));
        }
        for (var blob : blobs.entrySet()) {
            add(blob.getKey(), blob.getValue());
        }
    }

    private void add(String name, SizedBlob blob) throws IOException {
        tar.begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, blob.size(), Metadata.FIXED_MTIME, ""));
        try (InputStream in = blob.blob().open()) {
            in.transferTo(tar.content());
        }
    }

    /**
     * Puts the archive in its place, with the time when it was begun. Whoever writes to it later gives it another, so it will
     * show, unless all went within one tick of the file system's clock.
     *
     * @return how the archive looks in its place, if a later write will show
     */
    Optional<FileState> commit() throws IOException {
        tar.close();
        channel.force(true);
        channel.close();
        Files.setLastModifiedTime(draft, FileTime.from(began));
        FileState whole = FileState.of(draft).withoutChanged();
        boolean shows = whole.settledAt(Instant.now());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileState there = FileState.of(file);
        return shows && there.withoutChanged().equals(whole) ? Optional.of(there) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(draft);
    }
}
