// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
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
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a container that a {@link Diff} speaks of, out of {@code docker export}'s tar of all of them. */
final class Export implements AutoCloseable {

    private final Diff diff;
    private final Path directory;
    private final SortedMap<LayerPath, TarEntry> entries = new TreeMap<>();
    private final Map<LayerPath, Path> contents = new TreeMap<>();

    /** Keeps contents in an empty directory until it is closed. */
    Export(Diff diff, Path directory) {
        this.diff = diff;
        this.directory = directory;
    }

    void read(List<String> command, boolean withContents) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (TarReader tar = new TarReader(process.getInputStream())) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                take(entry.get(), tar.content(), withContents);
            }
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (process.waitFor() != 0) {
                throw new IOException("read what a container wrote: its files cannot be had");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("read what a container wrote: interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void take(TarEntry entry, InputStream content, boolean withContents) throws IOException {
        LayerPath path = LayerPath.of(entry.name());
        if (!diff.kinds().containsKey(path)) {
            return;
        }
        entries.put(path, entry);
        if (withContents && entry.type() == TarEntry.Type.FILE) {
            Path file = directory.resolve(Integer.toString(contents.size()));
            Files.copy(content, file);
            contents.put(path, file);
        }
    }

    Changes changes() {
        List<Change> all = new ArrayList<>();
        diff.kinds().forEach((path, kind) -> {
            TarEntry entry = entries.get(path);
            boolean directory = entry != null && entry.type() == TarEntry.Type.DIRECTORY;
            all.add(new Change(kind, path, entry == null ? 0 : entry.size(), directory, kind == Change.Kind.CHANGED));
        });
        return new Changes(all);
    }

    /** The same as a layer: sorted and with the fixed time, so that equal writes give equal layers. */
    Layer layer(BlobStore store) throws IOException {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                LayerDraft draft = new LayerDraft(store, Compression.GZIP, workers)) {
            for (Map.Entry<LayerPath, Change.Kind> change : diff.kinds().entrySet()) {
                TarEntry entry = entries.get(change.getKey());
                if (change.getValue() == Change.Kind.DELETED) {
                    String name = Whiteouts.nameInTar(new FileEntry.Whiteout(change.getKey()));
                    draft.tar().begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, 0, Metadata.FIXED_MTIME, ""));
                } else if (entry != null) {
                    write(draft, change.getKey(), entry);
                }
            }
            return draft.commit();
        }
    }

    private void write(LayerDraft draft, LayerPath path, TarEntry entry) throws IOException {
        draft.tar()
                .begin(new TarEntry(
                        path.value(),
                        entry.type(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.size(),
                        Metadata.FIXED_MTIME,
                        entry.linkName()));
        if (contents.containsKey(path)) {
            Files.copy(contents.get(path), draft.tar().content());
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
