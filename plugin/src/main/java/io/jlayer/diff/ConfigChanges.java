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
        addHistory(ConfigWords.history(before), ConfigWords.history(after), changes);
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

    /** In one line: which layer came of what is told with the layers. */
    private static void addHistory(List<String> old, List<String> now, List<ConfigChange> changes) {
        int different = Math.abs(old.size() - now.size());
        for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
            different += old.get(i).equals(now.get(i)) ? 0 : 1;
        }
        if (different > 0) {
            boolean asMany = old.size() == now.size();
            changes.add(new ConfigChange(
                    Kind.CHANGED,
                    "history",
                    "",
                    asMany ? Optional.empty() : Optional.of(old.size() + " lines"),
                    Optional.of(asMany ? different + " of " + now.size() + " lines" : now.size() + " lines")));
        }
    }
}
