// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps others from changing a layout while this one does: threads of this process and other processes, as far as they use
 * jlayer. What is locked is the file that marks a layout, which never changes.
 */
final class LayoutLock implements Closeable {

    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path directory;
    private final ReentrantLock threads;
    private final FileChannel channel;
    private final FileLock processes;

    private LayoutLock(Path directory, ReentrantLock threads) throws IOException {
        this.directory = directory;
        this.threads = threads;
        Path mark = directory.resolve(LayoutIndex.MARK_FILE);
        this.channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Far behind the end, since on some systems others cannot read what is locked.
        this.processes = channel.lock(Long.MAX_VALUE - 1, 1, false);
        if (channel.size() == 0) {
            channel.write(ByteBuffer.wrap(LayoutIndex.MARK.getBytes(UTF_8)));
        }
    }

    /** Waits until nobody else has it. */
    static LayoutLock of(Path directory) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(directory.toRealPath(), path -> new ReentrantLock());
        threads.lock();
        try {
            return new LayoutLock(directory, threads);
        } catch (IOException | RuntimeException e) {
            threads.unlock();
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
        try (channel) {
            processes.release();
        } finally {
            threads.unlock();
        }
    }
}
