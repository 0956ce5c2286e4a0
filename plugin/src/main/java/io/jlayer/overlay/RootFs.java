// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.PathWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A stack of unpacked layers, read-only and shared: what overlayfs would show of them can be asked here without a mount.
 *
 * @param lowestFirst the layers
 * @param ownership whose their files are
 */
public record RootFs(List<LayerDirectory> lowestFirst, Ownership ownership) {

    public RootFs {
        lowestFirst = List.copyOf(lowestFirst);
    }

    /** What one layer has to say of a path; {@code last} if the layers below have no say any more. */
    private record Word(Optional<Path> found, boolean last) {}

    /** This stack with one more layer on top. */
    public RootFs append(LayerDirectory layer) {
        List<LayerDirectory> more = new ArrayList<>(lowestFirst);
        more.add(layer);
        return new RootFs(more, ownership);
    }

    /** What is at the path; no link is followed. */
    public Optional<Path> find(LayerPath path) throws IOException {
        for (LayerDirectory layer : highestFirst()) {
            Word word = ask(layer, path);
            if (word.found.isPresent() || word.last) {
                return word.found;
            }
        }
        return Optional.empty();
    }

    /** What a process within would find at the path: links are followed, and stay within. */
    public Optional<Path> resolve(LayerPath path) throws IOException {
        Optional<LayerPath> at = follow(path);
        return at.isPresent() ? find(at.get()) : Optional.empty();
    }

    private Optional<LayerPath> follow(LayerPath path) throws IOException {
        try {
            return new PathWalk<>(this::look).follow(LayerPath.ROOT, path.value());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private PathWalk.Found look(LayerPath path) throws IOException {
        Optional<Path> file = find(path);
        return file.isEmpty() ? PathWalk.Found.NOTHING : FileStatus.look(file.get());
    }

    /** Where a name really leads: links are followed as far as there is something; what is not there is taken as it is. */
    public LayerPath locate(LayerPath path) throws IOException {
        Optional<LayerPath> at = follow(path);
        return at.isPresent() || path.isRoot()
                ? at.orElse(path)
                : locate(path.parent()).resolve(path.name());
    }

    /** The names in a directory. */
    public SortedSet<String> names(LayerPath directory) throws IOException {
        SortedSet<String> seen = new TreeSet<>();
        SortedSet<String> hidden = new TreeSet<>();
        for (LayerDirectory layer : highestFirst()) {
            Word word = ask(layer, directory);
            if (word.found.isPresent() && FileStatus.of(word.found.get()).isDirectory()) {
                collect(word.found.get(), seen, hidden);
            }
            if (word.last) {
                break;
            }
        }
        return seen;
    }

    private static void collect(Path directory, SortedSet<String> seen, SortedSet<String> hidden) throws IOException {
        for (Path file : Listing.of(directory).files()) {
            String name = FileNames.text(file.getFileName());
            if (seen.contains(name) || hidden.contains(name)) {
                continue;
            }
            (Marks.isWhiteout(file) ? hidden : seen).add(name);
        }
    }

    private static Word ask(LayerDirectory layer, LayerPath path) throws IOException {
        Path at = layer.directory();
        boolean last = Marks.isOpaque(at);
        if (path.isRoot()) {
            return new Word(Optional.of(at), last);
        }
        String[] parts = path.value().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            at = FileNames.resolve(at, parts[i]);
            Optional<FileStatus> status = FileStatus.find(at);
            if (status.isEmpty()) {
                return new Word(Optional.empty(), last);
            }
            if (Marks.isWhiteout(at)) {
                return new Word(Optional.empty(), true);
            }
            if (!status.get().isDirectory()) {
                return new Word(i == parts.length - 1 ? Optional.of(at) : Optional.empty(), true);
            }
            last |= Marks.isOpaque(at);
        }
        return new Word(Optional.of(at), last);
    }

    /**
     * Makes a link to each layer in a directory.
     *
     * @return their names as overlayfs wants them. They are short, so that any number of layers fits in one page, and
     *     hold no colon or comma, as the store's own path may
     */
    String link(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (LayerDirectory layer : highestFirst()) {
            String name = Integer.toString(names.size(), Character.MAX_RADIX);
            Files.createSymbolicLink(directory.resolve(name), layer.directory().toAbsolutePath());
            names.add(name);
        }
        return String.join(":", names);
    }

    /** The one place where the order turns to that of overlayfs. */
    private List<LayerDirectory> highestFirst() {
        List<LayerDirectory> reversed = new ArrayList<>(lowestFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The highest layer that has an entry of its own for a directory. */
    public Optional<Path> describing(LayerPath directory) throws IOException {
        for (LayerDirectory layer : highestFirst()) {
            Word word = ask(layer, directory);
            if (word.found.isPresent() && !layer.implied().contains(directory)) {
                return word.found;
            }
            if (word.last) {
                break;
            }
        }
        return Optional.empty();
    }
}
