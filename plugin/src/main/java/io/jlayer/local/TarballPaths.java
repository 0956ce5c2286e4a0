// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.PathWalk;
import io.jlayer.tar.TarEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the entries of a tarball end up if it is unpacked: below the directories that its own links lead to, the last of
 * several entries for a path. Holds names, not content.
 */
final class TarballPaths {

    private final List<LayerPath> paths = new ArrayList<>();
    private final Map<String, Integer> counting = new TreeMap<>();
    private final Map<String, String> links = new HashMap<>();

    /** The next entry is not wanted. */
    void skip() {
        paths.add(null);
    }

    void add(LayerPath name, TarEntry entry) {
        LayerPath path = resolve(name);
        boolean directoryOverLink = entry.type() == TarEntry.Type.DIRECTORY && links.containsKey(path.value());
        if (directoryOverLink) {
            skip(); // the link leads to the directory, which has an entry of its own
            return;
        }
        links.remove(path.value());
        if (entry.type() == TarEntry.Type.SYMLINK) {
            links.put(path.value(), entry.linkName());
        }
        counting.put(path.value(), paths.size());
        paths.add(path);
    }

    /** Where the entry of this number goes; empty if it does not count. */
    Optional<LayerPath> of(int number) {
        LayerPath path = paths.get(number);
        return path != null && counting.get(path.value()) == number ? Optional.of(path) : Optional.empty();
    }

    /**
     * Where a hard link leads, which is the entry of this number.
     *
     * @throws IllegalArgumentException if there is nothing, or only after the link
     */
    LayerPath linkTarget(LayerPath name, int number) {
        LayerPath target = resolve(name);
        Integer there = counting.get(target.value());
        if (there == null || there >= number) {
            throw new IllegalArgumentException("a hard link leads to " + name + ", which is not there"
                    + (there == null ? "" : " before it, or was replaced after it"));
        }
        return target;
    }

    boolean isEmpty() {
        return counting.isEmpty();
    }

    /** Follows links in all parts but the last. */
    private LayerPath resolve(LayerPath name) {
        return name.isRoot() ? name : followed(name.parent()).resolve(LayerPath.normal(name.name()));
    }

    private LayerPath followed(LayerPath directory) {
        if (links.isEmpty()) {
            return directory;
        }
        try {
            return new PathWalk<>(this::found)
                    .follow(LayerPath.ROOT, directory.value())
                    .orElseThrow();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its " + e.getMessage(), e);
        }
    }

    /** What is not there, or not yet, is a directory. */
    private PathWalk.Found found(LayerPath path) {
        String link = links.get(path.value());
        return link == null || link.isEmpty() ? PathWalk.Found.DIRECTORY : PathWalk.Found.link(link);
    }
}
