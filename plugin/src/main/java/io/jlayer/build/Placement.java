// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import io.jlayer.image.RootTree;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a layer's entries on a base, which may be an image with other layers on it: paths are written where the base's links lead, and every directory on the way gets an
 * entry, with the mode and owner that it has in the base if it is there.
 *
 * <p>Without the first, a layer with {@code lib/x} would replace the link {@code /lib} by a directory; without the second,
 * clients that unpack each layer apart would make {@code /tmp} a directory that only root may write to.
 */
final class Placement {

    private final RootTree base;
    private final LayerPath below;

    Placement(RootTree base) {
        this(base, LayerPath.ROOT);
    }

    /** For entries whose paths are those {@code below} a directory. */
    Placement(RootTree base, LayerPath below) {
        this.base = base;
        this.below = below;
    }

    /**
     * Places the entries.
     *
     * @throws UserError if two of them come to one path, or one below a file
     * @throws IllegalArgumentException if the base's links lead in a circle
     */
    LayerSpec place(LayerSpec spec) {
        Map<LayerPath, FileEntry> placed = new LinkedHashMap<>();
        List<FileEntry> opaque = new ArrayList<>();
        for (FileEntry entry : spec.entries()) {
            FileEntry moved = moved(entry);
            if (moved instanceof FileEntry.OpaqueWhiteout) {
                opaque.add(moved);
                continue;
            }
            FileEntry other = placed.put(moved.path(), moved);
            if (other != null && !bothDirectories(other, moved)) {
                throw new UserError(
                        moved.path() + " is there twice: a layer below leads " + entry.path() + " there by a link",
                        "layer '" + spec.name() + "'",
                        "give only one of the two");
            }
        }
        for (LayerPath path : List.copyOf(placed.keySet())) {
            addParents(spec.name(), path, placed);
        }
        List<FileEntry> all = new ArrayList<>(placed.values());
        all.addAll(opaque);
        return new LayerSpec(spec.name(), all);
    }

    private static boolean bothDirectories(FileEntry a, FileEntry b) {
        return a instanceof FileEntry.Directory && b instanceof FileEntry.Directory;
    }

    private void addParents(String layer, LayerPath path, Map<LayerPath, FileEntry> placed) {
        // One that is there has, or gets, parents of its own.
        FileEntry there = null;
        for (LayerPath parent = path.parent(); there == null && !parent.isRoot(); parent = parent.parent()) {
            there = placed.get(parent);
            if (there != null && !(there instanceof FileEntry.Directory)) {
                throw new UserError(
                        path + " cannot be below " + parent + ", which is no directory",
                        "layer '" + layer + "'",
                        "choose another path for one of the two");
            }
            if (there == null) {
                placed.put(
                        parent,
                        new FileEntry.Directory(parent, base.directory(parent).orElse(Metadata.DIRECTORY)));
            }
        }
    }

    private FileEntry moved(FileEntry entry) {
        boolean directoryItself = entry instanceof FileEntry.Directory || entry instanceof FileEntry.OpaqueWhiteout;
        LayerPath asked = below.resolve(entry.path());
        LayerPath path = directoryItself ? base.resolveDirectory(asked) : base.resolve(asked);
        if (entry instanceof FileEntry.Directory directory
                && directory.metadata().equals(Metadata.DIRECTORY)) {
            // Nobody asked for this mode and owner; where the base has the directory, it stays as it is there.
            return new FileEntry.Directory(path, base.directory(path).orElse(Metadata.DIRECTORY));
        }
        if (path.equals(entry.path()) && !(entry instanceof FileEntry.HardLink)) {
            return entry;
        } else if (entry instanceof FileEntry.Directory directory) {
            return new FileEntry.Directory(path, directory.metadata());
        } else if (entry instanceof FileEntry.Regular regular) {
            return new FileEntry.Regular(path, regular.metadata(), regular.content());
        } else if (entry instanceof FileEntry.Symlink link) {
            return new FileEntry.Symlink(path, link.metadata(), link.target());
        } else if (entry instanceof FileEntry.HardLink link) {
            return new FileEntry.HardLink(path, link.metadata(), base.resolve(below.resolve(link.target())));
        } else if (entry instanceof FileEntry.Fifo fifo) {
            return new FileEntry.Fifo(path, fifo.metadata());
        } else if (entry instanceof FileEntry.Device device) {
            return new FileEntry.Device(path, device.metadata(), device.block(), device.major(), device.minor());
        } else if (entry instanceof FileEntry.Whiteout) {
            return new FileEntry.Whiteout(path);
        } else if (entry instanceof FileEntry.OpaqueWhiteout) {
            return new FileEntry.OpaqueWhiteout(path);
        }
        throw new AssertionError(entry);
    }
}
