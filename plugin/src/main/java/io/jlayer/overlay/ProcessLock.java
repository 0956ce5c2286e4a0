// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A lock on a file that holds against threads of this process and against other processes. The kernel gives it back when a
 * process ends, however it ends. The file itself stays.
 */
public final class ProcessLock implements AutoCloseable {

    /** A lock on a file is one for the whole process, so threads need one of their own. Only tells threads apart. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private final Semaphore thread;
    private final FileChannel channel;

    private ProcessLock(Semaphore thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /** Waits for the lock. */
    public static ProcessLock take(Path file) throws IOException {
        Semaphore thread = thread(file);
        thread.acquireUninterruptibly();
        FileChannel channel = open(file, thread);
        try {
            channel.lock();
            return new ProcessLock(thread, channel);
        } catch (IOException e) {
            channel.close();
            thread.release();
            throw e;
        }
    }

    /** Takes the lock if nobody has it. */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        Semaphore thread = thread(file);
        if (!thread.tryAcquire()) {
            return Optional.empty();
        }
        FileChannel channel = open(file, thread);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new ProcessLock(thread, channel));
        } finally {
            if (lock == null) {
                channel.close();
                thread.release();
            }
        }
    }

    private static Semaphore thread(Path file) {
        return THREADS.computeIfAbsent(key(file), key -> new Semaphore(1));
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /**
     * Has the lock hold for threads under another name of its file too, before the file gets it: a second look at one file
     * would give this process' lock on it away.
     */
    public void holdAlso(Path name) {
        THREADS.put(key(name), thread);
    }

    /** Ends that for a name that is not the file's, or not any more. */
    public void forget(Path name) {
        THREADS.remove(key(name), thread);
    }

    private static FileChannel open(Path file, Semaphore thread) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            thread.release();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.release();
        }
    }
}
