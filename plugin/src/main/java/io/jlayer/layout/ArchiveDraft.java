// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.DraftFile;
import io.jlayer.blob.FileState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** An archive that is being written beside its place; a commit puts it there, whole. Closed without one, or when the JVM is told
 * to end, it is gone. */
final class ArchiveDraft implements Closeable {

    private final Path file;
    private final DraftFile draft;
    private final FileChannel channel;
    private final ArchiveTar tar;
    private final Instant began = Instant.now();

    ArchiveDraft(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Files.createDirectories(this.file.getParent());
        this.draft = DraftFile.beside(this.file);
        try {
            this.channel = FileChannel.open(
                    draft.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            draft.close();
            throw e;
        }
        this.tar = new ArchiveTar(Channels.newOutputStream(channel));
    }

    /** What the archive's files are written to. */
    ArchiveTar tar() {
        return tar;
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
        Files.setLastModifiedTime(draft.path(), FileTime.from(began));
        FileState whole = FileState.of(draft.path()).withoutChanged();
        boolean shows = whole.settledAt(Instant.now());
        Files.move(draft.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileState there = FileState.of(file);
        return shows && there.withoutChanged().equals(whole) ? Optional.of(there) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            draft.close();
        }
    }
}
