// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who works with a store now, and since when; and how what they use is kept from who removes what nobody uses.
 *
 * <p>A process that works with a store holds a lock on one byte of the file {@code users}, which stays empty: the byte whose
 * number is a second, an hour before it began. The kernel gives that back however the process ends. What it uses and what was
 * last used before that second, gets a new time of use: in builds that follow each other, hardly anything. Whoever removes
 * something sees to it that it was last used before the earliest of these seconds.
 *
 * <p>One more byte is the gate. A time of use is written, a file gets its name, and a process begins, within a shared lock on
 * it; and within an exclusive one something is looked at and removed. So a file whose use could be noted is there for as long
 * as its user works. Nobody waits for longer than one of these takes.
 *
 * <p>There is one of these for each store in a process, since a lock is the whole process's. For many threads.
 */
public final class StoreUsers {

    static final String FILE = "users";

    /** Behind all seconds. */
    private static final long GATE = 1L << 40;

    /** So long ago something can have been used last, and need no new time of use. */
    private static final long LEAD = TimeUnit.HOURS.toMillis(1);

    /** Some file systems count times in two seconds. */
    private static final long COARSEST_TICK = 2;

    /** Where nothing tells who works, nobody is thought to have begun earlier. */
    private static final Duration LONGEST_UNSEEN = Duration.ofDays(1);

    private static final Map<Path, StoreUsers> OF_THIS_PROCESS = new HashMap<>();

    private final Path file;
    private FileChannel channel;
    private int users;
    private long began;
    /** Kept, since Java forgets locks that nobody holds on to. */
    private FileLock mine;

    /** Whether the file system knows locks; else nothing tells who works. */
    private boolean locks = true;

    /** What was used since is safe. */
    private volatile FileTime since;

    private StoreUsers(Path file) {
        this.file = file;
    }

    /** Those of the store in a directory that exists. */
    public static StoreUsers of(Path store) throws IOException {
        Path root = store.toRealPath();
        synchronized (OF_THIS_PROCESS) {
            StoreUsers known = OF_THIS_PROCESS.get(root);
            if (known == null) {
                known = new StoreUsers(root.resolve(FILE));
                OF_THIS_PROCESS.put(root, known);
            }
            return known;
        }
    }

    /** Begins to use the store; {@link #leave} ends it, or the end of the process. */
    public synchronized void enter() throws IOException {
        if (users == 0) {
            began = Long.MAX_VALUE;
            begin();
        }
        users++;
    }

    /** Ends what {@link #enter} began. */
    public synchronized void leave() throws IOException {
        users--;
        if (users == 0) {
            since = null;
            try (FileChannel closed = channel) {
                if (closed.isOpen()) {
                    release(mine);
                }
            }
        }
    }

    private void begin() throws IOException {
        openChannel();
        long from = System.currentTimeMillis() - LEAD;
        FileLock gate = gate(true);
        try {
            began = Math.min(began, from / 1000 - COARSEST_TICK);
            while (locks && !hold(began)) {
                began--; // the same plugin, loaded a second time in this process
            }
        } finally {
            release(gate);
        }
        if (since == null) {
            since = FileTime.fromMillis(from);
        }
    }

    private void openChannel() throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private boolean hold(long second) {
        try {
            mine = channel.lock(second, 1, true);
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            locks = false;
        }
        return true;
    }

    /** The gate's lock; null where the file system knows none. */
    private FileLock gate(boolean shared) throws IOException {
        while (locks) {
            try {
                return channel.lock(GATE, 1, shared);
            } catch (OverlappingFileLockException e) {
                pause();
            } catch (IOException e) {
                if (!channel.isOpen()) {
                    throw e; // this thread was interrupted
                }
                locks = false;
            }
        }
        return null;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("wait for the store: interrupted", e);
        }
    }

    private static void release(FileLock lock) throws IOException {
        if (lock != null) {
            lock.release();
        }
    }

    /** A user's channel; one that an interrupted thread closed is opened again. */
    private void ready() throws IOException {
        if (since == null) {
            enter(); // until the process ends
        } else if (!channel.isOpen()) {
            begin();
        }
    }

    /** Notes that a file is used now; false if it is not there (any more), or belongs to somebody else. */
    public boolean noteUse(Path used) throws IOException {
        try {
            BasicFileAttributes look = Files.readAttributes(used, BasicFileAttributes.class);
            return noteUse(used, look.lastAccessTime());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** As {@link #noteUse(Path)}, of a file that was last used then. */
    boolean noteUse(Path used, FileTime last) throws IOException {
        FileTime known = since;
        if (known != null && last.compareTo(known) >= 0) {
            return true;
        }
        synchronized (this) {
            ready();
            FileLock gate = gate(true);
            try {
                Files.getFileAttributeView(used, BasicFileAttributeView.class).setTimes(null, now(), null);
                return true;
            } catch (FileSystemException e) {
                return false;
            } finally {
                release(gate);
            }
        }
    }

    /** A time of use; clocks may be set back. */
    FileTime now() {
        long now = System.currentTimeMillis();
        FileTime known = since;
        return FileTime.fromMillis(known == null ? now : Math.max(now, known.toMillis()));
    }

    /** Gives a whole file its name, in place of one that may be removed just then. */
    synchronized void publish(Path draft, Path name) throws IOException {
        ready();
        FileLock gate = gate(true);
        try {
            Files.move(draft, name, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            release(gate);
        }
    }

    /** What is done while nobody begins, or notes a use. */
    interface Removal {

        /**
         * Removes something, within milliseconds.
         *
         * @param oldest what was used since then may be in use now; empty if there are no users
         */
        void run(Optional<Instant> oldest) throws IOException;
    }

    /**
     * Shuts the gate for as long as {@code removal} takes. The caller need not be a user, and is none by this. Where there
     * are no locks, or a full disk has no room for the file that they are on, somebody may have worked for a day.
     */
    synchronized void alone(Removal removal) throws IOException {
        if (users > 0) {
            ready();
            removeAlone(removal);
            return;
        }
        try {
            openChannel();
        } catch (IOException e) {
            removal.run(unseen());
            return;
        }
        try {
            removeAlone(removal);
        } finally {
            channel.close();
        }
    }

    private void removeAlone(Removal removal) throws IOException {
        FileLock gate = gate(false);
        try {
            removal.run(locks ? oldest() : unseen());
        } finally {
            release(gate);
        }
    }

    private static Optional<Instant> unseen() {
        return Optional.of(Instant.now().minus(LONGEST_UNSEEN));
    }

    private Optional<Instant> oldest() throws IOException {
        long end = users == 0 ? GATE : began;
        if (isFree(end)) {
            return users == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(began));
        }
        long free = 0;
        long held = end;
        while (held - free > 1) {
            long middle = free + (held - free) / 2;
            if (isFree(middle)) {
                free = middle;
            } else {
                held = middle;
            }
        }
        return Optional.of(Instant.ofEpochSecond(free));
    }

    /** Whether nobody began in a second before {@code end}. */
    private boolean isFree(long end) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, end, false);
            release(lock);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
