// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How files, directories and places without either looked when something was made of them. While they look the same, it
 * need not be made again: a directory's times tell of names that come and go, a file's of its bytes and its mode. Where only
 * bytes or names count, a digest of them decides when the times do not.
 *
 * <p>Not for several threads.
 */
public final class FileStates {

    private final FileTable table;
    /** Where each path stands in the table; made when it is asked for first. */
    private Map<String, Integer> places;

    private boolean refreshed;

    public FileStates() {
        this(new FileTable(0));
    }

    private FileStates(FileTable table) {
        this.table = table;
    }

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
        if (!places().containsKey(name)) {
            put(name, FileState.ofAny(path), null);
        }
    }

    /** Takes over what was seen when the path was looked at earlier. */
    public void add(String path, FileState seen) {
        put(path, seen, null);
    }

    /** Takes over what was seen and read of a file of which nothing but its bytes counts, not its mode either. */
    void add(String path, FileState seen, Digest content) {
        put(path, seen, content.toBytes());
    }

    /** Says by {@link Listing#digest} what a directory holds that was looked at, and of which nothing but its names counts. */
    void setContent(String path, byte[] names) {
        int place = places().get(path);
        table.set(place, table.state(place), names);
    }

    /** Takes over what was seen earlier. */
    public void addAll(FileStates others) {
        for (int i = 0; i < others.table.size(); i++) {
            put(others.table.name(i), others.table.state(i), others.table.sha256(i));
        }
    }

    private void put(String path, FileState seen, byte[] sha256) {
        Integer place = places().putIfAbsent(path, table.size());
        if (place == null) {
            table.add(path, seen, sha256);
        } else {
            table.set(place, seen, sha256);
        }
    }

    private Map<String, Integer> places() {
        if (places == null) {
            places = new HashMap<>();
            for (int i = 0; i < table.size(); i++) {
                places.put(table.name(i), i);
            }
        }
        return places;
    }

    /** How many paths there are. */
    public int size() {
        return table.size();
    }

    /**
     * Whether all still look so, or hold the same bytes or names where those are all that counts: compilers write classes
     * anew, and Maven filtered resources, in each build.
     */
    public boolean hold() throws IOException {
        try {
            // Who changes something changes it again: so that one is looked at first.
            int newest = table.newest();
            if (newest >= 0 && !holds(newest)) {
                return false;
            }
            for (int i = 0; i < table.size(); i++) {
                if (i != newest && !holds(i)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false; // what was written down is damaged
        }
    }

    private boolean holds(int index) throws IOException {
        Path path = FileNames.ofKey(table.name(index));
        FileState now = FileState.ofAny(path);
        FileState known = table.state(index);
        if (known.isStill(now)) {
            return true;
        }
        if (!holdsTheSame(path, known, now, table.sha256(index))) {
            return false;
        }
        table.set(index, now);
        refreshed = true;
        return true;
    }

    private static boolean holdsTheSame(Path path, FileState known, FileState now, byte[] content) throws IOException {
        return content != null
                && hasContent(path, known.size(), now.size(), content)
                && FileState.ofAny(path).equals(now);
    }

    /** Whether there is a file of this size and these bytes, or a directory with these names; a link is neither. */
    private static boolean hasContent(Path path, long knownSize, long size, byte[] content) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return Arrays.equals(Listing.of(path).digest(), content);
            }
            return size == knownSize
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && FileDigests.hash(path, size).matches(content);
        } catch (IOException e) {
            return false; // a build will say what is wrong with it
        }
    }

    /** Whether {@link #hold} found files that look otherwise and are the same; they are known by their new looks now. */
    public boolean isRefreshed() {
        return refreshed;
    }

    /** Whether a change after {@code time} would show in all of them. */
    public boolean settledAt(Instant time) {
        for (int i = 0; i < table.size(); i++) {
            if (!table.state(i).settledAt(time)) {
                return false;
            }
        }
        return true;
    }

    /** Writes them down. */
    public void write(DataOutputStream out) throws IOException {
        table.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it was something else
     */
    public static FileStates read(DataInputStream in) throws IOException {
        return new FileStates(FileTable.read(in));
    }
}
