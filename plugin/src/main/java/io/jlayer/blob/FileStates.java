// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How files, directories and places without either looked when something was made of them. While they look the same, it
 * need not be made again: a directory's times tell of names that come and go, a file's of its bytes and its mode.
 *
 * <p>Not for several threads.
 */
public final class FileStates {

    private final Map<String, FileState> byPath = new TreeMap<>();
    /** What files hold whose bytes are all that counts. */
    private final Map<String, Digest> contents = new HashMap<>();

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
        String name = path.toAbsolutePath().normalize().toString();
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
        contents.put(path, content);
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
     * anew in each build. A name that cannot be written here, in another locale, names nothing that does.
     */
    public boolean hold() throws IOException {
        try {
            for (Map.Entry<String, FileState> known : byPath.entrySet()) {
                Path path = Path.of(known.getKey());
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
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private boolean holdsTheSame(Path path, Map.Entry<String, FileState> known, FileState now) throws IOException {
        Digest content = contents.get(known.getKey());
        return content != null
                && now.size() == known.getValue().size()
                && FileDigests.hash(path).equals(content)
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

    /** Writes them in a short form: of each path only what differs from the one before. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(byPath.size());
        String before = "";
        for (Map.Entry<String, FileState> known : byPath.entrySet()) {
            String path = known.getKey();
            int common = commonLength(before, path);
            out.writeInt(common);
            out.writeUTF(path.substring(common));
            known.getValue().write(out);
            Digest content = contents.get(path);
            out.writeUTF(content == null ? "" : content.hex());
            before = path;
        }
    }

    private static int commonLength(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it was something else
     */
    public static FileStates read(DataInputStream in) throws IOException {
        FileStates states = new FileStates();
        String before = "";
        for (int count = in.readInt(); count > 0; count--) {
            int common = in.readInt();
            if (common < 0 || common > before.length()) {
                throw new IOException("read states of files: they are damaged");
            }
            String path = before.substring(0, common) + in.readUTF();
            states.byPath.put(path, FileState.read(in));
            String content = in.readUTF();
            if (!content.isEmpty()) {
                states.contents.put(path, new Digest("sha256", content));
            }
            before = path;
        }
        return states;
    }
}
