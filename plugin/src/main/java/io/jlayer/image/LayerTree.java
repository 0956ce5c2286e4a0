// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.PathWalk;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The tree that a layer's entries give when they are unpacked one after the other into an empty directory: of two with one
 * name the later wins, as in tar, and links of the layer that stand in a name's way are followed.
 */
final class LayerTree {

    private final TreeMap<LayerPath, LayerFile> files = new TreeMap<>();
    private final List<FileEntry> whiteouts = new ArrayList<>();

    NavigableMap<LayerPath, LayerFile> files() {
        return files;
    }

    void add(LayerFile file) throws IOException {
        if (file.isDirectory()) {
            directory(file);
            return;
        }
        if (file.path().isRoot()) {
            throw new IOException("the root is a " + file.type());
        }
        LayerPath at = locate(file.path());
        LayerFile found = file.type() == TarEntry.Type.HARD_LINK ? named(file, at) : file.at(at);
        remove(files, at, true);
        files.put(at, found);
    }

    private void directory(LayerFile file) throws IOException {
        LayerPath at = file.path().isRoot() ? file.path() : locate(file.path());
        LayerFile there = files.get(at);
        if (there != null && !there.isDirectory()) {
            files.remove(at);
        }
        files.put(at, file.at(at));
    }

    /** What a hard link is here: the link itself where its file is one of the layers below. */
    private LayerFile named(LayerFile link, LayerPath at) throws IOException {
        LayerPath target = LayerPath.of(link.link());
        LayerFile file = files.get(follow(target.parent()).resolve(target.name()));
        if (file != null && file.isDirectory()) {
            throw new IOException(at + " is a hard link to " + target + ", which is a directory");
        }
        if (file != null && file.path().equals(at)) {
            return file;
        }
        return file == null ? link.at(at) : LayerFile.anotherName(at, file);
    }

    /** Whiteouts are for the layers below, wherever in the layer they stand: to be called when all else is there. */
    List<FileEntry> hide(List<FileEntry> asWritten) throws IOException {
        for (FileEntry whiteout : asWritten) {
            if (whiteout instanceof FileEntry.OpaqueWhiteout) {
                LayerPath at = whiteout.path().isRoot()
                        ? whiteout.path()
                        : locate(whiteout.path().resolve("any")).parent();
                whiteouts.add(new FileEntry.OpaqueWhiteout(at));
            } else {
                whiteouts.add(new FileEntry.Whiteout(locate(whiteout.path())));
            }
        }
        return whiteouts;
    }

    /** Where an entry of this name belongs: its parents are directories here, made if need be. */
    private LayerPath locate(LayerPath path) throws IOException {
        LayerPath parent = path.parent();
        LayerFile known = files.get(parent);
        if (known != null && known.isDirectory()) {
            return path;
        }
        LayerPath at = follow(parent);
        makeDirectories(at);
        return at.resolve(path.name());
    }

    private void makeDirectories(LayerPath path) throws IOException {
        for (LayerPath at = path; !at.isRoot(); at = at.parent()) {
            LayerFile there = files.get(at);
            if (there == null) {
                files.put(at, LayerFile.impliedDirectory(at));
            } else if (there.isDirectory()) {
                return;
            } else {
                throw new IOException(at + " is a file, and a directory too");
            }
        }
    }

    /** Takes what is below a path out of a tree, and the path itself where {@code itself} says so. */
    static <V> void remove(NavigableMap<LayerPath, V> tree, LayerPath path, boolean itself) {
        below(tree, path).clear();
        if (itself) {
            tree.remove(path);
        }
    }

    /** What is below a path in a tree, but not the path itself. */
    static <V> NavigableMap<LayerPath, V> below(NavigableMap<LayerPath, V> tree, LayerPath path) {
        if (path.isRoot()) {
            return tree.tailMap(LayerPath.ROOT, false);
        }
        // What begins with the path and a slash; a zero is what comes next to a slash.
        return tree.subMap(LayerPath.normal(path.value() + "/\0"), true, LayerPath.normal(path.value() + "0"), false);
    }

    private LayerPath follow(LayerPath directory) {
        return new PathWalk<>(this::found)
                .follow(LayerPath.ROOT, directory.value())
                .orElseThrow();
    }

    /** What is no link is thought to be a directory: it will be made, or cannot be. */
    private PathWalk.Found found(LayerPath path) {
        LayerFile file = files.get(path);
        return file == null || !file.isSymlink() || file.link().isEmpty()
                ? PathWalk.Found.DIRECTORY
                : PathWalk.Found.link(file.link());
    }
}
