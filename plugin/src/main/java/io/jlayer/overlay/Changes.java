// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Whiteouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was done to a root file system, by path. A directory counts as changed if it has another mode, owner or attribute, not when
 * only something in it changed; a file that was copied up and is what it was is left out.
 *
 * @param all sorted by path
 */
public record Changes(List<Change> all) {

    private static final String FUSE_WHITEOUT = ".wh.";
    private static final String FUSE_OPAQUE = ".wh..wh..opq";

    public static final Changes NONE = new Changes(List.of());

    public Changes {
        List<Change> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Change::path));
        all = List.copyOf(sorted);
    }

    /** Bytes of the files that were added or changed. */
    public long size() {
        return all.stream().mapToLong(Change::size).sum();
    }

    /** Files of a program's own that no layer can hold, since their names would say there that something is deleted. */
    public List<LayerPath> unsayable() {
        return all.stream()
                .filter(change -> change.kind() != Change.Kind.DELETED)
                .map(Change::path)
                .filter(Whiteouts::isUnsayable)
                .toList();
    }

    /**
     * Reads an upper directory against what it was mounted over.
     *
     * @param byFuse whether fuse-overlayfs wrote it, whose marks are files with the names that layers have for them
     */
    static Changes read(Path upper, RootFs lower, boolean byFuse) throws IOException {
        Reader reader = new Reader(lower);
        reader.byFuse = byFuse;
        reader.directory(LayerPath.ROOT, upper);
        return new Changes(reader.found);
    }

    /** Compares a directory that has everything with what it was copied from. */
    static Changes readWhole(Path directory, RootFs lower) throws IOException {
        Reader reader = new Reader(lower);
        reader.whole = true;
        reader.directory(LayerPath.ROOT, directory);
        return new Changes(reader.found);
    }

    /** One line for each change, for {@link #parse}. */
    void print(PrintStream out) {
        for (Change change : all) {
            out.println(change.kind() + " " + change.size() + " " + change.directory() + " " + change.copiedUp() + " "
                    + URLEncoder.encode(change.path().value(), UTF_8));
        }
        out.flush();
    }

    /** Reads what {@link #print} wrote. */
    static Changes parse(InputStream in) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
            String[] parts = line.split(" ", -1);
            changes.add(new Change(
                    Change.Kind.valueOf(parts[0]),
                    LayerPath.normal(URLDecoder.decode(parts[4], UTF_8)),
                    Long.parseLong(parts[1]),
                    Boolean.parseBoolean(parts[2]),
                    Boolean.parseBoolean(parts[3])));
        }
        return new Changes(changes);
    }

    private static final class Reader {

        private final RootFs lower;
        private final List<Change> found = new ArrayList<>();
        /** Whether what is not there was deleted. */
        private boolean whole;

        private boolean byFuse;

        Reader(RootFs lower) {
            this.lower = lower;
        }

        void directory(LayerPath path, Path directory) throws IOException {
            List<String> names = new ArrayList<>();
            for (Path file : Listing.of(directory).files()) {
                String name = FileNames.text(file.getFileName());
                names.add(name);
                file(path.resolve(name), file);
            }
            if (whole || Marks.isOpaque(directory) || (byFuse && names.contains(FUSE_OPAQUE))) {
                for (String hidden : lower.names(path)) {
                    if (!names.contains(hidden)) {
                        add(Change.Kind.DELETED, path.resolve(hidden), 0, false, false);
                    }
                }
            }
        }

        private void file(LayerPath path, Path file) throws IOException {
            if (byFuse && Whiteouts.isReserved(path)) {
                // So fuse-overlayfs marks what is deleted, where it can make no devices.
                String name = path.name().substring(FUSE_WHITEOUT.length());
                if (!path.name().equals(FUSE_OPAQUE) && !name.isEmpty()) {
                    deleted(path.parent().resolve(name));
                }
                return;
            }
            if (Marks.isWhiteout(file)) {
                deleted(path);
                return;
            }
            Optional<Path> below = lower.find(path);
            FileStatus status = FileStatus.of(file);
            long size = status.isFile() ? status.size() : 0;
            if (below.isEmpty()) {
                add(Change.Kind.ADDED, path, size, status.isDirectory(), false);
            } else if (!same(file, status, below.get())) {
                boolean sameKind = status.kind() == FileStatus.of(below.get()).kind();
                add(Change.Kind.CHANGED, path, size, status.isDirectory(), sameKind);
            }
            if (status.isDirectory()) {
                directory(path, file);
            }
        }

        private void deleted(LayerPath path) throws IOException {
            Optional<Path> below = lower.find(path);
            if (below.isPresent()) {
                add(Change.Kind.DELETED, path, 0, FileStatus.of(below.get()).isDirectory(), false);
            }
        }

        private static boolean same(Path file, FileStatus status, Path below) throws IOException {
            FileStatus other = FileStatus.of(below);
            if (status.bits() != other.bits() || status.uid() != other.uid() || status.gid() != other.gid()) {
                return false;
            }
            if ((status.isFile() || status.isDirectory())
                    && !PlainAttributes.read(file).equals(PlainAttributes.read(below))) {
                return false;
            }
            if (status.isFile()) {
                return status.size() == other.size() && Files.mismatch(file, below) < 0;
            }
            return !status.isSymlink() || Files.readSymbolicLink(file).equals(Files.readSymbolicLink(below));
        }

        private void add(Change.Kind kind, LayerPath path, long size, boolean directory, boolean copiedUp) {
            found.add(new Change(kind, path, size, directory, copiedUp));
        }
    }
}
