// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.PathWalk;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of an image: what each layer holds, what a container sees of it, and what no container ever sees since a layer
 * above replaces or deletes it. Without the bytes; memory is bounded by the names. Immutable.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#applying-changesets">layer.md,
 *     Applying Changesets</a>
 */
public final class ImageFiles {

    private final List<LayerFiles> lowestFirst;
    private final TreeMap<LayerPath, Seen> tree = new TreeMap<>();
    private final List<Hidden> hidden = new ArrayList<>();

    /**
     * What a container sees at a path.
     *
     * @param file what it is; of a hard link that leads to a file of a layer below, that file's size and content
     * @param layer the number of the layer that it is of, from 0 for the lowest; of a directory the last that speaks of it
     */
    public record Seen(LayerFile file, int layer) {}

    /**
     * A file that no container sees.
     *
     * @param file what it is; never a directory that a layer above merely repeats
     * @param layer the number of the layer that has it, from 0 for the lowest
     * @param by the number of the layer that hides it
     * @param deleted whether that layer has nothing in its place
     */
    public record Hidden(LayerFile file, int layer, int by, boolean deleted) {}

    private ImageFiles(List<LayerFiles> lowestFirst) {
        this.lowestFirst = List.copyOf(lowestFirst);
        tree.put(LayerPath.ROOT, new Seen(LayerFile.impliedDirectory(LayerPath.ROOT), 0));
        for (int number = 0; number < lowestFirst.size(); number++) {
            putOnTop(lowestFirst.get(number), number);
        }
    }

    /** Puts layers on each other. */
    public static ImageFiles of(List<LayerFiles> lowestFirst) {
        return new ImageFiles(lowestFirst);
    }

    /**
     * Reads all the layers side by side, checking each against its diffID, and puts them on each other.
     *
     * @throws IOException as {@link LayerFiles#read} does
     */
    public static ImageFiles read(List<Layer> lowestFirst) throws IOException {
        NameBudget names = new NameBudget();
        return lowestFirst.isEmpty()
                ? of(List.of())
                : of(Concurrently.call(lowestFirst, layer -> LayerFiles.read(layer, names)));
    }

    public List<LayerFiles> lowestFirst() {
        return lowestFirst;
    }

    /** What a container sees, by its path; the root is always there. */
    public NavigableMap<LayerPath, Seen> tree() {
        return Collections.unmodifiableNavigableMap(tree);
    }

    /** What no container sees: by the layer that hides it, lowest first. */
    public List<Hidden> hidden() {
        return Collections.unmodifiableList(hidden);
    }

    /** What a container sees in a directory, and below it; links are not followed. */
    public NavigableMap<LayerPath, Seen> below(LayerPath directory) {
        return LayerTree.below(tree(), directory);
    }

    /**
     * What a program that opens this path gets: links are followed, the last part too.
     *
     * @param path as a program writes it, with links and {@code ..}; relative to the root
     * @return empty if nothing is there
     * @throws IllegalArgumentException if links lead in a circle, or the path is none
     */
    public Optional<Seen> find(String path) {
        return new PathWalk<>(this::found).follow(LayerPath.ROOT, path).map(tree::get);
    }

    /**
     * Copies the bytes of a file, which are read again from the layer that has them.
     *
     * @param file a regular file of this image, or one more name for one
     * @throws IOException if it cannot be read, or is not what it was when the layer was read before
     */
    public void copyContent(LayerFile file, OutputStream to) throws IOException {
        for (LayerFiles layer : lowestFirst) {
            if (layer.copyContent(file.content(), to)) {
                return;
            }
        }
        throw new IOException(file.path() + " has no content");
    }

    private void putOnTop(LayerFiles layer, int number) {
        List<LayerFile> files = new ArrayList<>(layer.tree().size());
        layer.tree().values().forEach(file -> files.add(withContentFromBelow(file)));
        for (FileEntry whiteout : layer.whiteouts()) {
            hide(whiteout.path(), whiteout instanceof FileEntry.Whiteout, layer, number);
        }
        for (LayerFile file : files) {
            put(file, layer, number);
        }
    }

    private void put(LayerFile file, LayerFiles layer, int number) {
        Seen there = tree.get(file.path());
        boolean repeated = there != null && there.file().isDirectory() && file.isDirectory();
        if (there != null && !repeated) {
            hide(file.path(), true, layer, number);
        }
        if (!repeated || !file.implied()) {
            tree.put(file.path(), new Seen(file, number));
        }
    }

    private void hide(LayerPath path, boolean itself, LayerFiles layer, int number) {
        Seen there = tree.get(path);
        if (itself && there != null && !path.isRoot()) {
            hidden.add(hidden(there, layer, number));
        }
        NavigableMap<LayerPath, Seen> below = LayerTree.below(tree, path);
        below.values().forEach(seen -> hidden.add(hidden(seen, layer, number)));
        LayerTree.remove(tree, path, itself && !path.isRoot());
    }

    private static Hidden hidden(Seen seen, LayerFiles by, int number) {
        return new Hidden(
                seen.file(),
                seen.layer(),
                number,
                !by.tree().containsKey(seen.file().path()));
    }

    /** A hard link may name a file of a layer below: it is that file, as it is before this layer is put on it. */
    private LayerFile withContentFromBelow(LayerFile link) {
        if (link.type() != TarEntry.Type.HARD_LINK || link.content().isPresent()) {
            return link;
        }
        Optional<Seen> file = Optional.empty();
        try {
            LayerPath target = LayerPath.of(link.link());
            file = new PathWalk<>(this::found)
                    .follow(LayerPath.ROOT, target.parent().value())
                    .map(directory -> tree.get(directory.resolve(target.name())));
        } catch (IllegalArgumentException circle) {
            // no file is there
        }
        return file.isEmpty() || file.get().file().isDirectory()
                ? link
                : LayerFile.anotherName(link.path(), file.get().file());
    }

    private PathWalk.Found found(LayerPath path) {
        Seen seen = tree.get(path);
        if (seen == null) {
            return PathWalk.Found.NOTHING;
        }
        LayerFile file = seen.file();
        if (file.isSymlink() && !file.link().isEmpty()) {
            return PathWalk.Found.link(file.link());
        }
        return file.isDirectory() ? PathWalk.Found.DIRECTORY : PathWalk.Found.FILE;
    }
}
