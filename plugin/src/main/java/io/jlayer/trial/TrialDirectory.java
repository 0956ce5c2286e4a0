// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.AtomicFile;
import io.jlayer.blob.Listing;
import io.jlayer.blob.ProcessLock;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The directory of one trial, held by a lock for as long as the trial runs. */
final class TrialDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String RECORD = "trial.json";
    private static final String ON_REMOVAL = "on-removal";

    /** Names of trials do not begin so. */
    private static final String AWAY = ".";

    private Path path;
    private final ProcessLock lock;

    TrialDirectory(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Takes the trial's lock if nobody has it, and the trial is still there. */
    static Optional<TrialDirectory> tryHold(Path path) throws IOException {
        try {
            return ProcessLock.tryTake(path.resolve(LOCK)).map(lock -> new TrialDirectory(path, lock));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Waits for the trial's lock; the trial must be there. */
    static TrialDirectory hold(Path path) throws IOException {
        return new TrialDirectory(path, ProcessLock.take(path.resolve(LOCK)));
    }

    Path path() {
        return path;
    }

    String name() {
        return path.getFileName().toString();
    }

    void write(String name, String content) throws IOException {
        Files.write(path.resolve(name), content.getBytes(UTF_8));
    }

    boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    String read(String name) throws IOException {
        return has(name) ? Files.readString(path.resolve(name)).strip() : "";
    }

    /** Keeps a command that removes what no file system and no process' end does; it may run more than once. */
    void writeOnRemoval(List<String> command) throws IOException {
        write(ON_REMOVAL, String.join("\n", command));
    }

    private void runOnRemoval(Patience patience) throws IOException {
        if (!has(ON_REMOVAL)) {
            return;
        }
        Duration left = patience.left();
        if (left.isZero()) {
            throw new IOException("others took all the time that there is for it");
        }
        try {
            HostCommand.runAsUser(read(ON_REMOVAL).lines().toList(), left);
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no such container")) {
                throw e;
            }
        }
    }

    /** The directories of all trials. */
    static List<Path> all(Path root) throws IOException {
        return list(root, false);
    }

    /** Those that were {@linkplain #putAway put away}, and are being removed or were left so. */
    static List<Path> away(Path root) throws IOException {
        return list(root, true);
    }

    static boolean isAway(Path path) {
        return String.valueOf(path.getFileName()).startsWith(AWAY);
    }

    private static List<Path> list(Path root, boolean away) throws IOException {
        List<Path> directories = new ArrayList<>();
        for (Path path : Listing.of(root).files()) {
            if (isAway(path) == away && Files.isDirectory(path)) {
                directories.add(path);
            }
        }
        directories.sort(null);
        return directories;
    }

    /** What the trial's processes told. */
    TrialState state() throws IOException {
        return TrialState.parse(read("state"));
    }

    static JsonObject record(Path path) throws IOException {
        try {
            return OciJson.parse(Files.readAllBytes(path.resolve(RECORD)));
        } catch (NoSuchFileException e) {
            return JsonObject.EMPTY;
        } catch (IllegalArgumentException e) {
            throw new IOException("its record " + path.resolve(RECORD) + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Others may read it at any time, so it is there whole or not at all. */
    void writeRecord(JsonObject record) throws IOException {
        AtomicFile.write(path.resolve(RECORD), record.toString().getBytes(UTF_8), AtomicFile.Sync.NONE);
    }

    /** Removes all that is of one run only; what was written and the record stay. */
    void clear(Ownership ownership) throws IOException {
        for (String name : List.of(
                "l",
                "m",
                "rt",
                "t",
                "trial.sh",
                Scripts.WHOLE,
                Scripts.REST,
                Scripts.PROCESS,
                "state",
                "started",
                "netns",
                "slirp",
                "ready",
                "runtime",
                RuntimeBundle.CONFIG,
                ON_REMOVAL,
                "cgroups")) {
            TreeRemoval.remove(path.resolve(name), ownership);
        }
    }

    /**
     * Removes the trial and its control groups, in which nothing is any more.
     *
     * @param patience for a command to be run on removal
     */
    void remove(Ownership ownership, Patience patience) throws IOException {
        endRemains(patience);
        delete(ownership);
    }

    /** Ends and removes what neither a process' end nor a file system does. */
    void endRemains(Patience patience) throws IOException {
        runOnRemoval(patience);
        read("cgroups").lines().map(Path::of).forEach(Cgroup::remove);
    }

    /**
     * Gives the directory a name that no trial has, at once, so that the trial is gone for others; where an open file or a
     * lower layer of an overlay forbids that, it stays where it is.
     */
    void putAway() throws IOException {
        String suffix = "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
        Path away = path.resolveSibling(AWAY + name() + suffix);
        lock.holdAlso(away.resolve(LOCK));
        try {
            Files.move(path, away, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            lock.forget(away.resolve(LOCK));
            return;
        }
        lock.forget(path.resolve(LOCK));
        path = away;
    }

    /**
     * Removes all files. The lock goes last: who finds none takes a new one, and would remove the same things at the same
     * time.
     */
    void delete(Ownership ownership) throws IOException {
        for (Path file : Listing.of(path).files()) {
            if (!file.endsWith(LOCK)) {
                TreeRemoval.remove(file, ownership);
            }
        }
        Files.deleteIfExists(path.resolve(LOCK));
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            return; // somebody else just took a lock here; without a record the next trial removes what is left
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
