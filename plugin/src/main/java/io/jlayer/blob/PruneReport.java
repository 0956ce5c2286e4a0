// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a pruning found, removed and left. */
public final class PruneReport {

    /**
     * Some of what was found.
     *
     * @param count how many
     * @param size their bytes
     */
    public record Sum(int count, long size) {

        static final Sum NONE = new Sum(0, 0);

        public Sum plus(Sum other) {
            return new Sum(count + other.count, size + other.size);
        }
    }

    private final Map<Kind, Sum> gone = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<Hold, Sum>> staying = new EnumMap<>(Kind.class);
    private final List<String> failures = new ArrayList<>();

    PruneReport() {}

    void goes(StoreItem item) {
        gone.merge(item.kind(), new Sum(1, item.size()), Sum::plus);
    }

    void stays(StoreItem item, Hold why) {
        staying.computeIfAbsent(item.kind(), kind -> new EnumMap<>(Hold.class))
                .merge(why, new Sum(1, item.size()), Sum::plus);
    }

    void fails(String what) {
        failures.add(what);
    }

    /** What went, or would go. */
    public Sum gone(Kind kind) {
        return gone.getOrDefault(kind, Sum.NONE);
    }

    /** What stays for a reason. */
    public Sum staying(Kind kind, Hold why) {
        return staying.getOrDefault(kind, Map.of()).getOrDefault(why, Sum.NONE);
    }

    /** What stays. */
    public Sum staying(Kind kind) {
        return staying.getOrDefault(kind, Map.of()).values().stream().reduce(Sum.NONE, Sum::plus);
    }

    /** Sentences on what could not be removed. */
    public List<String> failures() {
        return List.copyOf(failures);
    }
}
