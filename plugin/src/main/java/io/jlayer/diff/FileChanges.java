// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.LayerFile;
import io.jlayer.layer.LayerPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the files of two images, by what a container of each sees. */
final class FileChanges {

    /** A directory first, and then all that is in it. */
    private static final Comparator<FileChange> ORDER =
            Comparator.comparing(change -> change.latest().path().value().replace('/', '\0'));

    private FileChanges() {}

    /** All that differ, a directory before what is in it. */
    static List<FileChange> between(Map<LayerPath, LayerFile> before, Map<LayerPath, LayerFile> after) {
        List<FileChange> changes = new ArrayList<>();
        Map<LayerPath, LayerFile> deleted = new LinkedHashMap<>(before);
        Map<LayerPath, LayerFile> added = new LinkedHashMap<>(after);
        deleted.keySet().removeAll(after.keySet());
        added.keySet().removeAll(before.keySet());
        before.forEach((path, old) -> {
            LayerFile now = after.get(path);
            if (now != null) {
                addChanged(old, now, changes);
            }
        });
        pairVersions(deleted, added, changes);
        deleted.values()
                .forEach(old -> changes.add(
                        new FileChange(Kind.DELETED, Optional.of(old), Optional.empty(), Set.of(), List.of())));
        added.values()
                .forEach(now -> changes.add(
                        new FileChange(Kind.ADDED, Optional.empty(), Optional.of(now), Set.of(), List.of())));
        changes.sort(ORDER);
        return changes;
    }

    private static void addChanged(LayerFile old, LayerFile now, List<FileChange> changes) {
        Set<Why> why = Why.between(old, now);
        if (!why.isEmpty()) {
            changes.add(new FileChange(Kind.CHANGED, Optional.of(old), Optional.of(now), why, List.of()));
        }
    }

    /** What a file is a version of. */
    private record Versioned(LayerPath directory, String shape) {}

    /** A file that went and one that came, the only ones of their name in their directory but for the version, are one. */
    private static void pairVersions(
            Map<LayerPath, LayerFile> deleted, Map<LayerPath, LayerFile> added, List<FileChange> changes) {
        Map<Versioned, List<LayerFile>> newer = byShape(added.values());
        byShape(deleted.values()).forEach((shape, old) -> {
            List<LayerFile> now = newer.getOrDefault(shape, List.of());
            if (old.size() == 1 && now.size() == 1) {
                LayerFile from = old.get(0);
                LayerFile to = now.get(0);
                deleted.remove(from.path());
                added.remove(to.path());
                changes.add(new FileChange(
                        Kind.CHANGED, Optional.of(from), Optional.of(to), Why.between(from, to), List.of()));
            }
        });
    }

    private static Map<Versioned, List<LayerFile>> byShape(Collection<LayerFile> files) {
        Map<Versioned, List<LayerFile>> byShape = new HashMap<>();
        for (LayerFile file : files) {
            Optional<String> shape = NameShape.of(file.path().name());
            if (shape.isPresent() && !file.isDirectory()) {
                byShape.computeIfAbsent(new Versioned(file.path().parent(), shape.get()), same -> new ArrayList<>())
                        .add(file);
            }
        }
        return byShape;
    }
}
