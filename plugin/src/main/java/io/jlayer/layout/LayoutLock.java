// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.ProcessLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Keeps others from changing a layout while this one does: threads of this process and other processes, as far as they use
 * jlayer. What is locked is the file that marks a layout, which never changes.
 */
final class LayoutLock implements Closeable {

    private final Path directory;
    private final ProcessLock lock;

    private LayoutLock(Path directory, ProcessLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Waits until nobody else has it. */
    static LayoutLock of(Path directory) throws IOException {
        ProcessLock lock = ProcessLock.take(directory.toRealPath().resolve(LayoutIndex.MARK_FILE));
        try {
            lock.writeIfEmpty(LayoutIndex.MARK.getBytes(UTF_8));
            return new LayoutLock(directory, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Writes a file of the layout's root, at once or not at all, unless it is so already. */
    void replace(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path draft = directory.resolve("." + name);
        Files.write(draft, content);
        try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
