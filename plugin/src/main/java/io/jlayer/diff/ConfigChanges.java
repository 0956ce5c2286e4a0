// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.diff.ConfigWords.Thing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What two images say of themselves, compared: environment, labels, what runs, annotations, and all else. */
final class ConfigChanges {

    private ConfigChanges() {}

    static List<ConfigChange> between(ComparedImage before, ComparedImage after) {
        Map<Thing, Object> old = ConfigWords.of(before);
        Map<Thing, Object> now = ConfigWords.of(after);
        Set<Thing> all = new LinkedHashSet<>(now.keySet());
        all.addAll(old.keySet());
        List<ConfigChange> changes = new ArrayList<>();
        for (List<Thing> like : byKind(all)) {
            for (Thing thing : like) {
                add(thing, Optional.ofNullable(old.get(thing)), Optional.ofNullable(now.get(thing)), changes);
            }
        }
        HistoryChanges.between(before.image().config(), after.image().config())
                .ifPresent(lines -> changes.add(
                        new ConfigChange(Kind.CHANGED, "history", "", Optional.empty(), Optional.of(lines))));
        boolean sameBytes = before.config().digest().equals(after.config().digest());
        if (changes.isEmpty() && !sameBytes && before.hasSameLayers(after)) {
            Optional<String> same = Optional.of("says the same, written in another way");
            changes.add(new ConfigChange(Kind.CHANGED, "config", "", Optional.empty(), same));
        }
        return changes;
    }

    /** So that what is gone stands among its like. */
    private static Collection<List<Thing>> byKind(Set<Thing> things) {
        Map<String, List<Thing>> kinds = new LinkedHashMap<>();
        things.forEach(thing ->
                kinds.computeIfAbsent(thing.what(), what -> new ArrayList<>()).add(thing));
        return kinds.values();
    }

    private static void add(Thing thing, Optional<Object> old, Optional<Object> now, List<ConfigChange> changes) {
        if (old.equals(now)) {
            return;
        }
        Kind kind = old.isEmpty() ? Kind.ADDED : now.isEmpty() ? Kind.DELETED : Kind.CHANGED;
        changes.add(new ConfigChange(
                kind,
                thing.what(),
                thing.name(),
                old.map(value -> ConfigWords.shown(thing, value)),
                now.map(value -> ConfigWords.shown(thing, value))));
    }
}
