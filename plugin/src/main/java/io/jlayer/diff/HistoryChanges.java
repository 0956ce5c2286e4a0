// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.LayerName;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which lines of two histories differ, in a few words: lines are called as their layers are, and those of which the same
 * differs are told together.
 */
final class HistoryChanges {

    /** Of which the same is told by their names; which layers came and went, their own comparison tells. */
    private static final int MOST = 3;

    private final List<Line> gone;
    private final List<Line> come;

    /** What is to be said, to those of which it is. */
    private final Map<String, List<String>> told = new LinkedHashMap<>();

    private record Line(String name, JsonObject members, String text) {}

    private HistoryChanges(List<Line> old, List<Line> now) {
        this.gone = without(old, now);
        this.come = without(now, old);
    }

    /** What differs; empty if nothing does. */
    static Optional<String> between(ImageConfig before, ImageConfig after) {
        List<Line> old = lines(before);
        List<Line> now = lines(after);
        if (texts(old).equals(texts(now))) {
            return Optional.empty();
        }
        HistoryChanges changes = new HistoryChanges(old, now);
        changes.pair(Line::name);
        changes.pair(line -> VersionedName.withoutVersion(line.name()));
        changes.come.forEach(line -> changes.tell(" added", line.name()));
        changes.gone.forEach(line -> changes.tell(" gone", line.name()));
        return Optional.of(changes.told.isEmpty() ? "the same lines in another order" : changes.words());
    }

    private static List<Line> lines(ImageConfig config) {
        List<Line> lines = new ArrayList<>();
        for (JsonObject line : config.history()) {
            lines.add(new Line(LayerName.of(line, "line " + (lines.size() + 1)), line, OciJson.write(line)));
        }
        return lines;
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private static List<Line> without(List<Line> lines, List<Line> others) {
        Map<String, Integer> there = new HashMap<>();
        others.forEach(line -> there.merge(line.text(), 1, Integer::sum));
        List<Line> left = new ArrayList<>();
        for (Line line : lines) {
            if (there.merge(line.text(), -1, Integer::sum) < 0) {
                left.add(line);
            }
        }
        return left;
    }

    /** Takes lines with the same key for the same line, in their order, and tells what became of them. */
    private void pair(Function<Line, String> key) {
        Map<String, Deque<Line>> free = new HashMap<>();
        gone.forEach(line -> free.computeIfAbsent(key.apply(line), same -> new ArrayDeque<>())
                .add(line));
        Set<Line> paired = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Line line : come) {
            Deque<Line> same = free.getOrDefault(key.apply(line), new ArrayDeque<>());
            if (!same.isEmpty()) {
                Line old = same.remove();
                boolean renamed = !old.name().equals(line.name());
                tell(renamed ? "" : " (" + members(old, line) + ")", VersionedName.both(old.name(), line.name()));
                paired.add(old);
                paired.add(line);
            }
        }
        gone.removeIf(paired::contains);
        come.removeIf(paired::contains);
    }

    private static String members(Line old, Line now) {
        TreeSet<String> names = new TreeSet<>(old.members().members().keySet());
        names.addAll(now.members().members().keySet());
        names.removeIf(name -> Objects.equals(
                text(old.members().members().get(name)),
                text(now.members().members().get(name))));
        return names.isEmpty() ? "order of members" : String.join(", ", names);
    }

    private static String text(Object value) {
        return OciJson.write(JsonObject.EMPTY.with("", value));
    }

    private void tell(String what, String name) {
        told.computeIfAbsent(what, same -> new ArrayList<>()).add(name);
    }

    private String words() {
        List<String> words = new ArrayList<>();
        told.forEach((what, names) -> {
            boolean few = names.size() <= MOST;
            words.add((few ? String.join(", ", names) : names.get(0) + " and " + (names.size() - 1) + " more") + what);
        });
        return String.join("; ", words);
    }
}
