// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.Change;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code docker diff} tells. A directory counts there as changed when anything in it did; such a one is left out here.
 *
 * @param kinds by path
 */
record Diff(SortedMap<LayerPath, Change.Kind> kinds) {

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

    private static final List<String> HOLD_FILES_OF_THE_ENGINE = List.of("etc", "run");

    static Diff parse(String text) throws IOException {
        TreeMap<LayerPath, Change.Kind> kinds = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.length() > 2 && line.charAt(1) == ' ') {
                LayerPath path = LayerPath.of(line.substring(2));
                kinds.put(path, kind(line.charAt(0)));
            }
        }
        TreeMap<LayerPath, Change.Kind> own = withoutPassedThrough(kinds);
        own.keySet().removeIf(Diff::isOfTheEngine);
        HOLD_FILES_OF_THE_ENGINE.forEach(directory -> own.remove(LayerPath.of(directory), Change.Kind.CHANGED));
        return new Diff(own);
    }

    private static boolean isOfTheEngine(LayerPath path) {
        return OF_THE_ENGINE.contains(path.value())
                || path.value().startsWith("dev/")
                || path.value().startsWith("proc/")
                || path.value().startsWith("sys/");
    }

    private static Change.Kind kind(char letter) throws IOException {
        for (Change.Kind kind : Change.Kind.values()) {
            if (kind.letter() == letter) {
                return kind;
            }
        }
        throw new IOException("read what a container wrote: there is a change of the kind '" + letter + "'");
    }

    private static TreeMap<LayerPath, Change.Kind> withoutPassedThrough(TreeMap<LayerPath, Change.Kind> kinds) {
        TreeMap<LayerPath, Change.Kind> rest = new TreeMap<>(kinds);
        for (LayerPath path : kinds.keySet()) {
            for (LayerPath above = path; !above.isRoot(); above = above.parent()) {
                rest.remove(above.parent(), Change.Kind.CHANGED);
            }
        }
        rest.remove(LayerPath.ROOT);
        return rest;
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }
}
