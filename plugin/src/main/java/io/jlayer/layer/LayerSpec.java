// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a layer will hold.
 *
 * <p>Entries are kept sorted by path, hard links last since what they name must come before them, so the same set of
 * entries gives the same bytes whatever order it was found in.
 *
 * @param name how people call the layer
 * @param entries sorted, each path once
 */
public record LayerSpec(String name, List<FileEntry> entries) {

    /**
     * @throws IllegalArgumentException if a path is there twice, or has a name that layers reserve for whiteouts,
     *     or the root would not be a directory
     */
    public LayerSpec {
        List<FileEntry> sorted = new ArrayList<>(entries);
        sorted.sort(LayerSpec::inTarOrder);
        List<LayerPath> paths = new ArrayList<>();
        List<LayerPath> opaque = new ArrayList<>();
        for (FileEntry entry : sorted) {
            if (entry instanceof FileEntry.Whiteout && entry.path().isRoot()) {
                throw new IllegalArgumentException("layer '" + name + "' cannot hide the root; make it opaque instead");
            }
            boolean directory = entry instanceof FileEntry.Directory || entry instanceof FileEntry.OpaqueWhiteout;
            if (entry.path().isRoot() && !directory) {
                throw new IllegalArgumentException("layer '" + name + "' cannot put anything in place of the root");
            }
            if (Whiteouts.isReserved(entry.path())) {
                throw new IllegalArgumentException("layer '" + name + "' cannot hold " + entry.path()
                        + ": names that begin with .wh. are whiteouts");
            }
            (entry instanceof FileEntry.OpaqueWhiteout ? opaque : paths).add(entry.path());
        }
        requireDifferent(name, paths);
        requireDifferent(name, opaque);
        entries = List.copyOf(sorted);
    }

    private static int inTarOrder(FileEntry one, FileEntry other) {
        int order = Boolean.compare(one instanceof FileEntry.HardLink, other instanceof FileEntry.HardLink);
        if (order == 0) {
            order = one.path().compareTo(other.path());
        }
        return order != 0
                ? order
                : Boolean.compare(one instanceof FileEntry.OpaqueWhiteout, other instanceof FileEntry.OpaqueWhiteout);
    }

    private static void requireDifferent(String name, List<LayerPath> paths) {
        paths.sort(null);
        for (int i = 1; i < paths.size(); i++) {
            if (paths.get(i).equals(paths.get(i - 1))) {
                throw new IllegalArgumentException("layer '" + name + "' has " + paths.get(i) + " twice");
            }
        }
    }
}
