// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.image.RootTree;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.overlay.Change;
import io.jlayer.tar.TarEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code docker diff} tells. A directory counts there as changed when anything in it did; {@link #own} leaves such out.
 *
 * @param kinds by path
 * @param doubtful paths that are perhaps the beginning of one only, since a line followed that tells of nothing
 * @param unread lines that tell of nothing
 */
record Diff(SortedMap<LayerPath, Change.Kind> kinds, Set<LayerPath> doubtful, List<String> unread) {

    /** What engines put in the way of a container's own files. */
    private static final Set<String> OF_THE_ENGINE = Set.of(
            "etc/hosts",
            "etc/hostname",
            "etc/resolv.conf",
            "etc/mtab",
            ".dockerenv",
            "run/.containerenv",
            "dev",
            "proc",
            "sys");

    private static final Set<String> HOLD_FILES_OF_THE_ENGINE = Set.of("etc", "run");

    /** Reads all that can be read: names may hold line breaks, which engines print as they are. */
    static Diff parse(String text) {
        TreeMap<LayerPath, Change.Kind> kinds = new TreeMap<>();
        Set<LayerPath> doubtful = new TreeSet<>();
        List<String> unread = new ArrayList<>();
        Optional<LayerPath> last = Optional.empty();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            Optional<Change.Kind> kind = kind(line);
            Optional<LayerPath> path = kind.flatMap(known -> path(line.substring(2)));
            if (path.isPresent()) {
                kinds.put(path.get(), kind.get());
                last = path;
            } else {
                unread.add(line);
                last.ifPresent(doubtful::add);
            }
        }
        kinds.keySet().removeIf(Diff::isOfTheEngine);
        kinds.remove(LayerPath.ROOT);
        return new Diff(kinds, doubtful, unread);
    }

    private static Optional<Change.Kind> kind(String line) {
        for (Change.Kind kind : Change.Kind.values()) {
            if (line.startsWith(kind.letter() + " /")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Optional<LayerPath> path(String name) {
        try {
            return Optional.of(LayerPath.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfTheEngine(LayerPath path) {
        return OF_THE_ENGINE.contains(path.value())
                || path.value().startsWith("dev/")
                || path.value().startsWith("proc/")
                || path.value().startsWith("sys/");
    }

    /**
     * Only what was done itself.
     *
     * @param now what the container has at these paths
     * @param before the directories that its image has
     */
    Diff own(Map<LayerPath, TarEntry> now, RootTree before) {
        TreeMap<LayerPath, Change.Kind> own = new TreeMap<>(kinds);
        own.entrySet().removeIf(change -> {
            LayerPath path = change.getKey();
            TarEntry entry = now.get(path);
            return switch (change.getValue()) {
                case DELETED -> entry != null; // it is the rest of a name with a line break
                case ADDED -> entry == null && doubtful.contains(path);
                case CHANGED ->
                    entry == null
                            ? doubtful.contains(path)
                            : entry.type() == TarEntry.Type.DIRECTORY && isAsBefore(path, entry, before);
            };
        });
        return new Diff(own, doubtful, unread);
    }

    private boolean isAsBefore(LayerPath path, TarEntry entry, RootTree before) {
        Optional<Metadata> described = before.directory(path);
        if (described.isEmpty() && !isPassedThrough(path)) {
            return false; // no directory was there
        }
        Metadata metadata = described.orElse(Metadata.DIRECTORY);
        return entry.mode() == metadata.mode() && entry.uid() == metadata.uid() && entry.gid() == metadata.gid();
    }

    private boolean isPassedThrough(LayerPath path) {
        return HOLD_FILES_OF_THE_ENGINE.contains(path.value())
                || kinds.keySet().stream().anyMatch(other -> !other.equals(path) && path.contains(other));
    }

    /** What is to be said of lines that tell of nothing; empty if there are none. */
    List<String> warnings(String engine) {
        return unread.isEmpty()
                ? List.of()
                : List.of(engine
                        + " lists changes that cannot be read (a name with a line break, or a kind of change that"
                        + " is not known); they are left out: '" + unread.get(0) + "'"
                        + (unread.size() > 1 ? " and " + (unread.size() - 1) + " more" : ""));
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }
}
