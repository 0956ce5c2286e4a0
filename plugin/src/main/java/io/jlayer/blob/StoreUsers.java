// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
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

    /** A kernel may be short of locks for a moment. */
    private static final int TRIES = 10;

    private static final Map<Path, StoreUsers> OF_THIS_PROCESS = new HashMap<>();

    private final Path file;
    /**
     * Stays open: with any channel that a process closes, POSIX takes back all its locks on the file, also those of the same
     * plugin, loaded a second time.
     */
    private FileChannel channel;

    private Object fileKey;
    private int users;
    private long began;
    /** Kept, since Java forgets locks that nobody holds on to. Null while there is none to have. */
    private volatile FileLock mine;

    /** Whether there were no locks to have the last time. */
    private boolean lockless;

    /** What was used since is safe; null without users. */
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
            openChannel();
            long from = System.currentTimeMillis() - LEAD;
            began = from / 1000 - COARSEST_TICK;
            hold();
            since = FileTime.fromMillis(from);
        }
        users++;
    }

    /** Ends what {@link #enter} began. */
    public synchronized void leave() throws IOException {
        users--;
        if (users == 0) {
            since = null;
            FileLock held = mine;
            mine = null;
            release(held);
        }
    }

    /** A store may have been removed since, and made anew. */
    private void openChannel() throws IOException {
        if (channel == null || !fileKey().equals(fileKey)) {
            channel = open();
            fileKey = fileKey();
        }
    }

    private Object fileKey() throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    /** Of another's file, shared locks at least. */
    private FileChannel open() throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            FileChannel made = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            giveToOwnerOfStore();
            return made;
        } catch (AccessDeniedException e) {
            return FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    /** Who runs Maven as root once must not be shut out afterwards. */
    private void giveToOwnerOfStore() throws IOException {
        if (!FileState.hasUnixAttributes(file)) {
            return;
        }
        Object owner = Files.getAttribute(file.getParent(), "unix:uid");
        if (!owner.equals(Files.getAttribute(file, "unix:uid"))) {
            try {
                Files.setAttribute(file, "unix:uid", owner);
            } catch (FileSystemException e) {
                return; // it can be read all the same
            }
        }
    }

    /** Where there was no lock to have, that is tried again with each use. */
    private void hold() throws IOException {
        if (mine != null) {
            return;
        }
        FileLock gate = gate(true);
        try {
            mine = lockOfBegin();
        } finally {
            release(gate);
        }
    }

    private FileLock lockOfBegin() {
        while (true) {
            try {
                return channel.tryLock(began, 1, true);
            } catch (OverlappingFileLockException e) {
                began--; // the same plugin, loaded a second time in this process
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * The gate's lock; null where there is none to have. An interrupt of a thread that waits in the kernel would close the
     * channel, and with it take the locks of all others.
     */
    private FileLock gate(boolean shared) throws IOException {
        for (int failures = lockless ? TRIES - 1 : 0; failures < TRIES; ) {
            try {
                FileLock lock = channel.tryLock(GATE, 1, shared);
                if (lock != null) {
                    lockless = false;
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // the same plugin, loaded a second time in this process
            } catch (NonWritableChannelException e) {
                return null;
            } catch (IOException e) {
                failures++;
            }
            if (failures < TRIES) {
                pause(1);
            }
        }
        lockless = true;
        return null;
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw Interruption.of("wait for the store", e);
        }
    }

    private static void release(FileLock lock) throws IOException {
        if (lock != null) {
            lock.release();
        }
    }

    /** Without users, nobody becomes one by what a thread still does that was not told. */
    private void ready() throws IOException {
        if (users == 0) {
            openChannel();
        } else {
            hold();
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
        if (known != null && mine != null && last.compareTo(known) >= 0) {
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
        if (users == 0) {
            try {
                openChannel();
            } catch (IOException e) {
                removal.run(unseen());
                return;
            }
        }
        FileLock gate = gate(false);
        try {
            removal.run(gate == null ? unseen() : seen());
        } finally {
            release(gate);
        }
    }

    /** As {@link #alone}, for who only wants to know: where nobody ever was, nothing is made. */
    synchronized void look(Removal look) throws IOException {
        if (users == 0 && !Files.exists(file)) {
            look.run(Optional.empty());
        } else {
            alone(look);
        }
    }

    /** Whether somebody may work with what was last used when this file says; not if there is no such file. */
    public boolean mayUse(Path used) throws IOException {
        boolean[] may = new boolean[1];
        alone(oldest -> {
            try {
                Instant last = Files.readAttributes(used, BasicFileAttributes.class)
                        .lastAccessTime()
                        .toInstant();
                may[0] = oldest.isPresent() && !last.isBefore(oldest.get());
            } catch (NoSuchFileException e) {
                may[0] = false;
            }
        });
        return may[0];
    }

    /** Leaves the gate open for so long that all who wait for it come in. */
    static void letOthersIn() throws IOException {
        pause(3);
    }

    private Optional<Instant> unseen() {
        Instant day = Instant.now().minus(LONGEST_UNSEEN);
        Instant own = users == 0 ? day : Instant.ofEpochSecond(began);
        return Optional.of(own.isBefore(day) ? own : day);
    }

    private Optional<Instant> seen() {
        try {
            return oldest();
        } catch (IOException e) {
            return unseen();
        }
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
