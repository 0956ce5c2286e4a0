// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The digests of local files, remembered from build to build for as long as the file system says that a file is the same:
 * what git's index does. The content decides; times only tell when not to look again.
 *
 * <p>What is remembered is bounded: the files that the last build of one project asked for. Losing it costs time, never
 * correctness. Safe for many threads; of two builds of one project at once, the last to save wins.
 */
public final class FileDigests {

    private static final int VERSION = 2;
    private static final int BUFFER = 64 << 10;

    private final Records records;
    private final Digest key;
    private final Map<String, Known> before;
    private final Map<String, Known> now = new ConcurrentHashMap<>();
    /** Files that were read so soon after they were written to that a further change may not show. */
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    private final Map<String, Object> beingRead = new ConcurrentHashMap<>();

    /** Directories, and places without a file, that decided something. */
    private final FileStates others = new FileStates();

    /** Of directories whose times do not count, what was found in them. */
    private final Map<String, Listing> listings = new HashMap<>();

    /** Files of which more counts than what they hold. */
    private final Set<String> withMode = new HashSet<>();

    private final Supplier<Instant> clock;

    /**
     * What is known of a file.
     *
     * @param digest of its bytes
     * @param state of the file when they were read
     */
    public record Known(Digest digest, FileState state) {

        // As the compiler's own, which costs a cold machine 20 milliseconds to link.
        @Override
        public boolean equals(Object other) {
            return other instanceof Known known && digest.equals(known.digest) && state.equals(known.state);
        }

        @Override
        public int hashCode() {
            return digest.hashCode() ^ state.hashCode();
        }
    }

    private FileDigests(Records records, Digest key, Map<String, Known> before, Supplier<Instant> clock) {
        this.clock = clock;
        this.records = records;
        this.key = key;
        this.before = before;
    }

    /** Opens what is remembered for a project; a damaged memory is an empty one. */
    public static FileDigests open(Store store, Path project) throws IOException {
        return open(store, project, Instant::now);
    }

    static FileDigests open(Store store, Path project, Supplier<Instant> clock) throws IOException {
        Records records = store.records("files-v1");
        Digest key = Store.key(FileNames.key(project));
        Optional<byte[]> saved = records.read(key);
        return new FileDigests(records, key, saved.isPresent() ? read(saved.get()) : new HashMap<>(), clock);
    }

    /**
     * The digest of a file's bytes; reads the file unless it is known and unchanged.
     *
     * @throws IOException if it cannot be read, or changes while it is read
     */
    public Known of(Path file) throws IOException {
        return of(file, FileState.of(file));
    }

    /** As {@link #of(Path)}, for a file that was found to look so in this build. */
    public Known of(Path file, FileState state) throws IOException {
        String name = FileNames.key(file);
        Optional<Known> known = find(name, state);
        return known.isPresent() ? known.get() : read(file, name, state);
    }

    /** What is known of a file that looks so; empty if it must be read. */
    public Optional<Known> find(Path file, FileState state) {
        return find(FileNames.key(file), state);
    }

    private Optional<Known> find(String name, FileState state) {
        Known known = now.get(name);
        if (known == null) {
            known = before.get(name);
        }
        if (known == null || !known.state().equals(state)) {
            return Optional.empty();
        }
        now.put(name, known);
        return Optional.of(known);
    }

    /** Of several threads that want the same file, one reads it. */
    private Known read(Path file, String name, FileState state) throws IOException {
        Object mine = new Object();
        Object first = beingRead.putIfAbsent(name, mine);
        synchronized (first == null ? mine : first) {
            Known known = now.get(name);
            if (known != null && known.state().equals(state)) {
                return known;
            }
            boolean settled = state.settledAt(clock.get());
            known = new Known(hash(file, state.size()), state);
            if (!FileState.of(file).equals(state)) {
                throw new IOException("read " + file + ": it changed while it was being read");
            }
            if (settled) {
                unsettled.remove(name);
            } else {
                unsettled.add(name);
            }
            now.put(name, known);
            return known;
        }
    }

    /** Whether nothing is remembered, so that all files will have to be read. */
    public boolean isEmpty() {
        return before.isEmpty();
    }

    /**
     * Notes that a directory's names decide something, or that nothing is there; to be called before it is listed. Not for
     * several threads.
     */
    public void watch(Path path) throws IOException {
        others.look(path);
    }

    /**
     * Notes what was found in a directory, after {@link #watch}: of it, only the names count. All that it holds must be
     * watched or asked for, and none of it be a link. Not for several threads.
     */
    public void watchNames(Path directory, Listing found) {
        if (FileState.hasUnixAttributes(directory)) { // else a file's own state would not tell of another in its place
            listings.putIfAbsent(FileNames.key(directory), found);
        }
    }

    /** Notes that a file's mode decides something, and not only what it holds. Not for several threads. */
    public void watchMode(Path file) {
        withMode.add(FileNames.key(file));
    }

    /** Notes files that were looked at elsewhere. */
    public void watch(FileStates seen) {
        others.addAll(seen);
    }

    /**
     * All that was asked for or watched up to now, as it looked then; of files and directories below {@code content} only
     * what they hold counts. Not for several threads.
     */
    public FileStates seen(Path content) {
        String root = FileNames.key(content);
        String prefix = root + File.separator;
        FileStates seen = new FileStates();
        seen.addAll(others);
        for (Map.Entry<String, Listing> listing : listings.entrySet()) {
            if (listing.getKey().equals(root) || listing.getKey().startsWith(prefix)) {
                seen.setContent(listing.getKey(), listing.getValue().digest());
            }
        }
        for (Map.Entry<String, Known> file : now.entrySet()) {
            if (file.getKey().startsWith(prefix) && !withMode.contains(file.getKey())) {
                seen.add(file.getKey(), file.getValue().state(), file.getValue().digest());
            } else {
                seen.add(file.getKey(), file.getValue().state());
            }
        }
        return seen;
    }

    /** The digest of a file's bytes; {@code size} is what it is expected to have. */
    static Digest hash(Path file, long size) throws IOException {
        // As a rule files are classes, and small: room for their end, too.
        byte[] buffer = new byte[(int) Math.min(BUFFER, size + 1)];
        try (InputStream in = FileBytes.open(file)) {
            return Digest.sha256(in, buffer);
        }
    }

    /** Remembers for the next build what this one learnt, but for files that may still change unseen. */
    public void save() throws IOException {
        Map<String, Known> settled = new HashMap<>(now);
        settled.keySet().removeAll(unsettled);
        if (!settled.equals(before)) {
            records.write(key, write(settled));
        }
    }

    private static byte[] write(Map<String, Known> files) throws IOException {
        FileTable table = new FileTable(files.size());
        for (Map.Entry<String, Known> file : files.entrySet()) {
            table.add(
                    file.getKey(),
                    file.getValue().state(),
                    file.getValue().digest().toBytes());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        table.write(out);
        return bytes.toByteArray();
    }

    private static Map<String, Known> read(byte[] bytes) {
        Map<String, Known> files = new HashMap<>();
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (in.readInt() == VERSION) {
                FileTable table = FileTable.read(in);
                for (int i = 0; i < table.size(); i++) {
                    byte[] hash = table.sha256(i);
                    if (hash != null) {
                        files.put(table.name(i), new Known(Digest.ofSha256(hash), table.state(i)));
                    }
                }
            }
            return files;
        } catch (IOException damaged) {
            return new HashMap<>();
        }
    }
}
