// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A lock on a file that holds against threads of this process and against other processes. The kernel gives it back when a
 * process ends, however it ends. The file itself stays.
 *
 * <p>Who waits asks again and again. So it can also wait for the same plugin, loaded a second time in this process, of whose
 * lock Java knows, but for which it cannot wait.
 *
 * <p>On a file system without locks, {@link #take} gives one that holds against threads alone, since most users are alone
 * there; {@link #isShared} tells. {@link #tryTake} fails there: whoever asks that way takes a lock that is free for a sign
 * that somebody has ended.
 */
public final class ProcessLock implements Closeable {

    /** Far behind the end, since on some systems others cannot read what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** A kernel may be short of locks for a moment. */
    private static final int TRIES = 10;

    private static final int PAUSE_MILLIS = 5;

    private static final String WAITING = "wait for a lock";

    /** A lock on a file is one for the whole process, so threads need one of their own. Only tells threads apart. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    /**
     * Files that the same plugin, loaded a second time, has locked: to close one would, by POSIX, give that lock away. So they
     * stay open.
     */
    private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Semaphore thread;
    private final FileChannel channel;
    /** Kept, since Java forgets locks that nobody holds on to. Null where there are none. */
    private final FileLock lock;

    private ProcessLock(Semaphore thread, FileChannel channel, FileLock lock) {
        this.thread = thread;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @throws InterruptedIOException if the thread is interrupted while others have it
     */
    public static ProcessLock take(Path file) throws IOException {
        Semaphore thread = thread(file);
        try {
            thread.acquire();
        } catch (InterruptedException e) {
            throw Interruption.of(WAITING, e);
        }
        ProcessLock taken = null;
        try {
            FileChannel channel = open(file);
            try {
                taken = new ProcessLock(thread, channel, lock(channel));
                return taken;
            } finally {
                if (taken == null) {
                    leave(channel);
                }
            }
        } finally {
            if (taken == null) {
                thread.release();
            }
        }
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @throws IOException if that cannot be known, as on a file system without locks
     */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        Semaphore thread = thread(file);
        if (!thread.tryAcquire()) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            FileChannel channel = open(file);
            try {
                lock = channel.tryLock(PLACE, 1, false);
            } catch (OverlappingFileLockException e) {
                return Optional.empty();
            } finally {
                if (lock == null) {
                    leave(channel);
                }
            }
            return lock == null ? Optional.empty() : Optional.of(new ProcessLock(thread, channel, lock));
        } finally {
            if (lock == null) {
                thread.release();
            }
        }
    }

    /** Closes the file, unless that would give another's lock away. */
    private static void leave(FileChannel channel) throws IOException {
        try {
            channel.tryLock(PLACE, 1, false);
        } catch (OverlappingFileLockException e) {
            LEFT_OPEN.add(channel);
            return;
        } catch (IOException e) {
            channel.close(); // there are no locks here, or the file is closed already
            return;
        }
        channel.close();
    }

    /**
     * Null where the file system has no locks. Not by waiting in the kernel, which takes threads of two processes that wait
     * for each other's locks for a deadlock, though other threads are to give these back; and there an interrupt would close
     * the file.
     */
    private static FileLock lock(FileChannel channel) throws IOException {
        for (int failures = 0; failures < TRIES; ) {
            try {
                FileLock lock = channel.tryLock(PLACE, 1, false);
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // the same plugin, loaded a second time in this process
            } catch (IOException e) {
                failures++;
            }
            pause();
        }
        return null;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw Interruption.of(WAITING, e);
        }
    }

    private static Semaphore thread(Path file) {
        return THREADS.computeIfAbsent(key(file), key -> new Semaphore(1));
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** Whether it holds against other processes too. */
    public boolean isShared() {
        return lock != null;
    }

    /** Writes the locked file if it is empty: to open it otherwise and close that would, by POSIX, give the lock away. */
    public void writeIfEmpty(byte[] content) throws IOException {
        if (channel.size() == 0) {
            channel.write(ByteBuffer.wrap(content));
        }
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

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
