// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.diff.LayerChange.Placed;
import io.jlayer.image.LayerName;
import io.jlayer.layer.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds which layer of the new image is which of the old one: first those that hold the same, then those with the same
 * name, then those with the same name but for the version in it.
 */
final class LayerChanges {

    private final List<Placed> before;
    private final List<Placed> after;
    private final Map<Placed, Placed> partners = new HashMap<>();
    private final Set<Placed> taken = new HashSet<>();

    private LayerChanges(ComparedImage before, ComparedImage after) {
        this.before = placed(before);
        this.after = placed(after);
    }

    private static List<Placed> placed(ComparedImage image) {
        List<String> names = LayerName.of(image.image().config());
        List<Placed> placed = new ArrayList<>();
        for (Layer layer : image.lowestFirst()) {
            placed.add(new Placed(placed.size() + 1, names.get(placed.size()), layer));
        }
        return placed;
    }

    /** A change for each layer of the new image, lowest first; behind them those that are gone. */
    static List<LayerChange> between(ComparedImage before, ComparedImage after) {
        LayerChanges changes = new LayerChanges(before, after);
        changes.pair(placed -> placed.layer().diffId());
        changes.pair(Placed::name);
        changes.pair(placed -> VersionedName.withoutVersion(placed.name()));
        return changes.all();
    }

    /** Pairs what has no partner yet and the same key, in the order in which it lies. */
    private void pair(Function<Placed, Object> key) {
        Map<Object, Deque<Placed>> free = new HashMap<>();
        for (Placed layer : before) {
            if (!taken.contains(layer)) {
                free.computeIfAbsent(key.apply(layer), same -> new ArrayDeque<>())
                        .add(layer);
            }
        }
        for (Placed layer : after) {
            Deque<Placed> same = free.get(key.apply(layer));
            if (!partners.containsKey(layer) && same != null && !same.isEmpty()) {
                taken.add(same.element());
                partners.put(layer, same.remove());
            }
        }
    }

    private List<LayerChange> all() {
        List<LayerChange> all = new ArrayList<>();
        for (Placed layer : after) {
            Optional<Placed> partner = Optional.ofNullable(partners.get(layer));
            all.add(new LayerChange(
                    partner.map(old -> kind(old, layer)).orElse(Kind.ADDED), partner, Optional.of(layer)));
        }
        for (Placed layer : before) {
            if (!taken.contains(layer)) {
                all.add(new LayerChange(Kind.DELETED, Optional.of(layer), Optional.empty()));
            }
        }
        return all;
    }

    private static Kind kind(Placed before, Placed after) {
        if (!before.layer().diffId().equals(after.layer().diffId())) {
            return Kind.CHANGED;
        }
        boolean samePacked = before.layer()
                .descriptor()
                .digest()
                .equals(after.layer().descriptor().digest());
        return samePacked ? Kind.SAME : Kind.REPACKED;
    }
}
