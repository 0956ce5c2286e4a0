// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.diff.FileChange.EntryChange;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.LayerFile;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what differs within jars of which both images have a version. */
final class ArchiveChanges {

    private final ArchiveFiles archives;

    ArchiveChanges(ArchiveFiles archives) {
        this.archives = archives;
    }

    /** The same changes, those of jars with what differs within. */
    List<FileChange> within(List<FileChange> changes, ImageFiles old, ImageFiles now) throws IOException {
        List<FileChange> jars = changes.stream().filter(ArchiveChanges::isJar).toList();
        Map<LayerPath, SortedMap<String, ArchiveFiles.Content>> before =
                read(old, jars.stream().map(jar -> jar.before().get()).toList());
        Map<LayerPath, SortedMap<String, ArchiveFiles.Content>> after =
                read(now, jars.stream().map(jar -> jar.after().get()).toList());
        List<FileChange> all = new ArrayList<>();
        for (FileChange change : changes) {
            SortedMap<String, ArchiveFiles.Content> from =
                    change.before().map(file -> before.get(file.path())).orElse(null);
            SortedMap<String, ArchiveFiles.Content> to =
                    change.after().map(file -> after.get(file.path())).orElse(null);
            all.add(from == null || to == null ? change : change.withWithin(entries(from, to)));
        }
        return all;
    }

    private static boolean isJar(FileChange change) {
        return change.why().contains(Why.CONTENT)
                && NameShape.isArchive(change.latest().path().name());
    }

    /** By their paths in the image. */
    private Map<LayerPath, SortedMap<String, ArchiveFiles.Content>> read(ImageFiles image, List<LayerFile> jars)
            throws IOException {
        Map<Integer, Set<LayerPath>> byLayer = new TreeMap<>();
        for (LayerFile jar : jars) {
            int layer = image.tree().get(jar.path()).layer();
            byLayer.computeIfAbsent(layer, number -> new HashSet<>()).add(ArchiveFiles.place(jar));
        }
        Map<LayerPath, SortedMap<String, ArchiveFiles.Content>> found = new HashMap<>();
        for (Map.Entry<Integer, Set<LayerPath>> entry : byLayer.entrySet()) {
            Layer layer = image.lowestFirst().get(entry.getKey()).layer();
            found.putAll(archives.read(layer, entry.getValue()));
        }
        Map<LayerPath, SortedMap<String, ArchiveFiles.Content>> byPath = new HashMap<>();
        jars.forEach(jar -> Optional.ofNullable(found.get(ArchiveFiles.place(jar)))
                .ifPresent(contents -> byPath.put(jar.path(), contents)));
        return byPath;
    }

    private static List<EntryChange> entries(
            SortedMap<String, ArchiveFiles.Content> before, SortedMap<String, ArchiveFiles.Content> after) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<EntryChange> changes = new ArrayList<>();
        for (String name : names) {
            ArchiveFiles.Content old = before.get(name);
            ArchiveFiles.Content now = after.get(name);
            if (old == null) {
                changes.add(new EntryChange(Kind.ADDED, name, 0, now.size()));
            } else if (now == null) {
                changes.add(new EntryChange(Kind.DELETED, name, old.size(), 0));
            } else if (!old.equals(now)) {
                changes.add(new EntryChange(Kind.CHANGED, name, old.size(), now.size()));
            }
        }
        return changes;
    }
}
