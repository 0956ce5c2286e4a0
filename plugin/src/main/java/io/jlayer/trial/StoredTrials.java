// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.ProcessLock;
import io.jlayer.blob.StoreItem;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.ThisUser;
import io.jlayer.overlay.UnpackedLayers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What trials have in a store, running or not: their directories, and the unpacked layers that they share. */
public final class StoredTrials {

    private final Path store;
    private final Path root;

    /** Those in a store's directory, which is not written to. */
    public StoredTrials(Path store) {
        // What runs within has other working directories.
        this.store = store.toAbsolutePath();
        this.root = this.store.resolve("trials");
    }

    Path layers() {
        return store.resolve("layers");
    }

    private boolean any() {
        return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS);
    }

    /** Those that run or were kept, oldest first. */
    public List<TrialRecord> list() throws IOException {
        List<TrialRecord> records = new ArrayList<>();
        if (!any()) {
            return records;
        }
        for (var trial : running().entrySet()) {
            readable(trial.getKey(), trial.getValue()).ifPresent(records::add);
        }
        records.sort(Comparator.comparing(TrialRecord::created).thenComparing(TrialRecord::name));
        return records;
    }

    /** Whether trials run, by their directories. Whoever wants a trial's own lock has that of all, so none is told wrong. */
    private SortedMap<Path, Boolean> running() throws IOException {
        SortedMap<Path, Boolean> running = new TreeMap<>();
        ProcessLock lock = ProcessLock.take(root.resolve("lock"));
        try {
            for (Path path : TrialDirectory.all(root)) {
                Optional<TrialDirectory> free = TrialDirectory.tryHold(path);
                if (free.isPresent()) {
                    free.get().close();
                }
                running.put(path, free.isEmpty());
            }
        } finally {
            lock.close();
        }
        return running;
    }

    private static Optional<TrialRecord> readable(Path path, boolean running) {
        try {
            JsonObject record = TrialDirectory.record(path);
            boolean kept = record.flag("kept").orElse(false);
            return record.has("created") && (kept || running)
                    ? Optional.of(read(path, record, running, kept))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // removeAbandoned() tells of it
        }
    }

    private static TrialRecord read(Path path, JsonObject record, boolean running, boolean kept) throws IOException {
        return new TrialRecord(
                path.getFileName().toString(),
                running,
                kept,
                record.number("pid").orElse(0L),
                Instant.ofEpochMilli(record.number("created").orElse(0L)),
                record.texts("command"),
                record.texts("digests").stream().map(Digest::parse).toList(),
                size(path.resolve("rw").resolve("u")));
    }

    private static long size(Path tree) throws IOException {
        long[] size = {0};
        if (!Files.isDirectory(tree)) {
            return 0;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // of another owner within, or just gone
            }
        });
        return size[0];
    }

    /**
     * Removes what trials left behind that were killed, and says how many.
     *
     * @param warnings takes a sentence for each that cannot be removed now
     */
    public int removeAbandoned(Consumer<String> warnings) throws IOException {
        if (!any()) {
            return 0;
        }
        try (AbandonedTrials abandoned = new AbandonedTrials(root, ownership(), warnings)) {
            return abandoned.putAway();
        }
    }

    /**
     * What must stay in the store for them.
     *
     * @throws IOException if a trial's record cannot be read
     */
    public TrialNeeds needs() throws IOException {
        return any() ? TrialNeeds.of(root) : new TrialNeeds(new TreeSet<>(), new TreeSet<>());
    }

    /** The layers that were unpacked for trials; what is needed stays. */
    public List<StoreItem> unpacked(TrialNeeds needs) throws IOException {
        return Files.isDirectory(layers(), LinkOption.NOFOLLOW_LINKS)
                ? new UnpackedLayers(ownership(), needs.layers()).in(layers())
                : List.of();
    }

    /** Removes the locks of unpacked layers that are gone; to be called while nobody works with the store. */
    public void removeLocks() throws IOException {
        UnpackedLayers.removeLocks(layers());
    }

    RememberedEngine remembered() {
        return new RememberedEngine(store.resolve("trial-engine"));
    }

    /** Whose files trials are here; a user's own where there are no namespaces, or not the programs for them. */
    Ownership ownership() throws IOException {
        try {
            return AccessLadder.choose(Engine.AUTO, remembered().asItIs()).ownership();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return onLinuxRoot() ? new Ownership.Real() : new Ownership.Flat();
        }
    }

    private static boolean onLinuxRoot() throws IOException {
        return System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0;
    }
}
