// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Interruption;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerDraft;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Whiteouts;
import io.jlayer.layer.Workers;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.Changes;
import io.jlayer.overlay.HostCommand;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The files of a container that a {@link Diff} speaks of, out of {@code docker export}'s tar of all of them. */
final class Export implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;

    private final List<String> command;
    private final Path directory;
    private final SortedMap<LayerPath, TarEntry> entries = new TreeMap<>();
    private final Map<LayerPath, Path> contents = new TreeMap<>();
    /** What a layer needs that no diff speaks of: all names of a file that has several, and their directories. */
    private final SortedSet<LayerPath> needed = new TreeSet<>();

    /**
     * Keeps contents in an empty directory until it is closed.
     *
     * @param command that prints the tar
     */
    Export(List<String> command, Path directory) {
        this.command = command;
        this.directory = directory;
    }

    void read(Set<LayerPath> paths, boolean withContents) throws IOException {
        pass(paths, withContents);
        if (!withContents) {
            return;
        }
        for (TarEntry entry : List.copyOf(entries.values())) {
            if (entry.type() == TarEntry.Type.HARD_LINK && !entries.containsKey(LayerPath.of(entry.linkName()))) {
                needed.addAll(withDirectories(LayerPath.of(entry.linkName())));
            }
        }
        // Each pass may find more names, in directories that it did not look at yet.
        Set<LayerPath> asked = new TreeSet<>();
        for (Set<LayerPath> missing = missing(asked); !missing.isEmpty(); missing = missing(asked)) {
            asked.addAll(missing);
            pass(missing, true);
        }
    }

    private Set<LayerPath> missing(Set<LayerPath> asked) {
        Set<LayerPath> missing = new TreeSet<>(needed);
        missing.removeAll(entries.keySet());
        missing.removeAll(asked);
        return missing;
    }

    private static List<LayerPath> withDirectories(LayerPath path) {
        List<LayerPath> all = new ArrayList<>();
        for (LayerPath at = path; !at.isRoot(); at = at.parent()) {
            all.add(at);
        }
        return all;
    }

    /** What the container has, as far as it was asked for. */
    SortedMap<LayerPath, TarEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    private void pass(Set<LayerPath> paths, boolean withContents) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(HostCommand.NOTHING)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean enough = read(process.getInputStream(), paths, withContents);
            if (enough) {
                // Who is not listened to any more ends by that, and puts away what was mounted for it.
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else if (process.waitFor() != 0) {
                throw new IOException("read what a container wrote: its files cannot be had");
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("read what a container wrote: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw Interruption.of("read what a container wrote", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads the tar to its end, or until nothing more of it is wanted; says whether that was so. */
    private boolean read(InputStream in, Set<LayerPath> paths, boolean withContents) throws IOException {
        try (TarReader tar = new TarReader(in)) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                take(entry.get(), tar.content(), paths, withContents);
                if (!withContents && entries.size() == paths.size()) {
                    return true;
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
            return false;
        }
    }

    private void take(TarEntry entry, InputStream content, Set<LayerPath> paths, boolean withContents)
            throws IOException {
        LayerPath path = LayerPath.of(entry.name());
        boolean anotherName = withContents
                && entry.type() == TarEntry.Type.HARD_LINK
                && paths.contains(LayerPath.of(entry.linkName()));
        if (anotherName) {
            needed.addAll(withDirectories(path));
        } else if (!paths.contains(path)) {
            return;
        }
        entries.put(path, entry);
        if (withContents && entry.type() == TarEntry.Type.FILE) {
            Path file = directory.resolve(Integer.toString(contents.size()));
            contents.put(path, file);
            Files.copy(content, file);
        }
    }

    Changes changes(Diff own) {
        List<Change> all = new ArrayList<>();
        own.kinds().forEach((path, kind) -> {
            TarEntry entry = entries.get(path);
            boolean directory = entry != null && entry.type() == TarEntry.Type.DIRECTORY;
            all.add(new Change(kind, path, entry == null ? 0 : entry.size(), directory, kind == Change.Kind.CHANGED));
        });
        return new Changes(all);
    }

    /**
     * The same as a layer: sorted and with the fixed time, so that equal writes give equal layers. Directories on the way are
     * described again, since who unpacks each layer apart would give them other owners and modes. Hard links are last, so
     * that all that they lead to is there. What no layer {@linkplain Changes#unsayable can hold} is left out; a file that has
     * another name too comes under that.
     */
    Layer layer(Diff own, BlobStore store) throws IOException {
        SortedSet<LayerPath> paths = new TreeSet<>(needed);
        own.kinds().keySet().forEach(path -> paths.addAll(withDirectories(path)));
        paths.removeIf(Whiteouts::isUnsayable);
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                LayerDraft draft = new LayerDraft(store, Compression.GZIP, workers)) {
            List<LayerPath> links = new ArrayList<>();
            for (LayerPath path : paths) {
                TarEntry entry = entries.get(path);
                if (own.kinds().get(path) == Change.Kind.DELETED) {
                    String name = Whiteouts.nameInTar(new FileEntry.Whiteout(path));
                    draft.tar().begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, 0, Metadata.FIXED_MTIME, ""));
                } else if (entry != null && entry.type() == TarEntry.Type.HARD_LINK) {
                    links.add(path);
                } else if (entry != null) {
                    write(draft, path, entry, entry.linkName(), contents.get(path));
                }
            }
            writeLinks(draft, links);
            return draft.commit();
        }
    }

    private void writeLinks(LayerDraft draft, List<LayerPath> links) throws IOException {
        Map<LayerPath, LayerPath> instead = new TreeMap<>();
        for (LayerPath link : links) {
            LayerPath target = LayerPath.of(entries.get(link).linkName());
            if (Whiteouts.isUnsayable(target) && entries.containsKey(target) && !instead.containsKey(target)) {
                write(draft, link, entries.get(target), "", contents.get(target));
                instead.put(target, link);
            } else {
                String name = instead.getOrDefault(target, target).value();
                write(draft, link, entries.get(link), name, null);
            }
        }
    }

    private static void write(LayerDraft draft, LayerPath path, TarEntry entry, String link, Path content)
            throws IOException {
        draft.tar()
                .begin(new TarEntry(
                        path.value(),
                        entry.type(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.size(),
                        Metadata.FIXED_MTIME,
                        link,
                        entry.devMajor(),
                        entry.devMinor(),
                        entry.xattrs()));
        if (content != null) {
            Files.copy(content, draft.tar().content());
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : contents.values()) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
