// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How files, directories and places without either looked when something was made of them. While they look the same, it
 * need not be made again: a directory's times tell of names that come and go, a file's of its bytes and its mode.
 *
 * <p>Not for several threads.
 */
public final class FileStates {

    private final Map<String, FileState> byPath = new LinkedHashMap<>();
    /** The SHA-256 of files whose bytes are all that counts. */
    private final Map<String, byte[]> contents = new HashMap<>();

    private boolean refreshed;

    /** Looks at all of them now. */
    public static FileStates of(Collection<Path> paths) throws IOException {
        FileStates states = new FileStates();
        for (Path path : paths) {
            states.look(path);
        }
        return states;
    }

    /** Looks at a path, through links, unless that was done before; nothing may be there. */
    public void look(Path path) throws IOException {
        String name = FileNames.key(path);
        if (!byPath.containsKey(name)) {
            byPath.put(name, FileState.ofAny(path));
        }
    }

    /** Takes over what was seen when the path was looked at earlier. */
    public void add(String path, FileState seen) {
        byPath.put(path, seen);
    }

    /** Takes over what was seen and read of a file of which nothing but its bytes counts, not its mode either. */
    void add(String path, FileState seen, Digest content) {
        byPath.put(path, seen);
        contents.put(path, content.toBytes());
    }

    /** Takes over what was seen earlier. */
    public void addAll(FileStates others) {
        byPath.putAll(others.byPath);
        contents.putAll(others.contents);
    }

    /** How many paths there are. */
    public int size() {
        return byPath.size();
    }

    /**
     * Whether all still look so, or hold the same bytes where those are all that counts: Maven writes filtered resources
     * anew in each build.
     */
    public boolean hold() throws IOException {
        try {
            for (Map.Entry<String, FileState> known : byPath.entrySet()) {
                Path path = FileNames.ofKey(known.getKey());
                FileState now = FileState.ofAny(path);
                if (!known.getValue().isStill(now)) {
                    if (!holdsTheSame(path, known, now)) {
                        return false;
                    }
                    known.setValue(now);
                    refreshed = true;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false; // what was written down is damaged
        }
    }

    private boolean holdsTheSame(Path path, Map.Entry<String, FileState> known, FileState now) throws IOException {
        byte[] content = contents.get(known.getKey());
        return content != null
                && now.size() == known.getValue().size()
                && FileDigests.hash(path, now.size()).matches(content)
                && FileState.ofAny(path).equals(now);
    }

    /** Whether {@link #hold} found files that look otherwise and are the same; they are known by their new looks now. */
    public boolean isRefreshed() {
        return refreshed;
    }

    /** Whether a change after {@code time} would show in all of them. */
    public boolean settledAt(Instant time) {
        for (FileState state : byPath.values()) {
            if (!state.settledAt(time)) {
                return false;
            }
        }
        return true;
    }

    /** Writes them down. */
    public void write(DataOutputStream out) throws IOException {
        FileTable table = new FileTable(byPath.size());
        for (Map.Entry<String, FileState> known : byPath.entrySet()) {
            table.add(known.getKey(), known.getValue(), contents.get(known.getKey()));
        }
        table.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it was something else
     */
    public static FileStates read(DataInputStream in) throws IOException {
        FileStates states = new FileStates();
        FileTable table = FileTable.read(in);
        for (int i = 0; i < table.size(); i++) {
            states.byPath.put(table.name(i), table.state(i));
            byte[] content = table.sha256(i);
            if (content != null) {
                states.contents.put(table.name(i), content);
            }
        }
        return states;
    }
}
