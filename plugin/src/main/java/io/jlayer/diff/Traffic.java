// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.diff.LayerChange.Placed;
import io.jlayer.oci.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes over the network where the old image is there already.
 *
 * @param blobs how many blobs the old image has not
 * @param size their bytes: what a push sends, and what a client fetches that keeps blobs by their digest
 * @param aboveLowestChange bytes of all layers from the lowest that differs upwards: what Docker's graph drivers fetch
 */
public record Traffic(int blobs, long size, long aboveLowestChange) {

    static Traffic between(ComparedImage before, ComparedImage after, List<LayerChange> layers) {
        Map<Digest, Long> fresh = after.blobs();
        fresh.keySet().removeAll(before.blobs().keySet());
        return new Traffic(
                fresh.size(), fresh.values().stream().mapToLong(Long::longValue).sum(), aboveLowestChange(layers));
    }

    private static long aboveLowestChange(List<LayerChange> layers) {
        long size = 0;
        boolean differs = false;
        Set<Digest> counted = new HashSet<>();
        for (LayerChange change : layers) {
            if (change.after().isEmpty()) {
                break; // those that are gone come last
            }
            Placed layer = change.after().get();
            differs = differs
                    || change.kind() != Kind.SAME
                    || change.before().get().number() != layer.number();
            if (differs && counted.add(layer.layer().descriptor().digest())) {
                size += layer.size();
            }
        }
        return size;
    }
}
