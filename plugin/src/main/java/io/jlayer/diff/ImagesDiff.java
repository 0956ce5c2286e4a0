// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two images.
 *
 * @param before the root of the old one: its manifest or index
 * @param after the root of the new one
 * @param platforms those that were compared
 * @param gone platforms of the old one that the new one has no more
 * @param added platforms that only the new one has
 */
public record ImagesDiff(
        Descriptor before, Descriptor after, List<PlatformDiff> platforms, List<Platform> gone, List<Platform> added) {

    /** Bytes and number of what a push sends. */
    public record Push(int blobs, long size) {}

    /**
     * What a push sends of all platforms that were compared, blobs that several share once, with the index over them if
     * there is one, where the old image is there already.
     */
    public Push push() {
        Map<Digest, Long> fresh = new HashMap<>();
        platforms.forEach(platform -> fresh.putAll(platform.after().blobs()));
        fresh.put(after.digest(), after.size());
        platforms.forEach(
                platform -> fresh.keySet().removeAll(platform.before().blobs().keySet()));
        fresh.remove(before.digest());
        return new Push(
                fresh.size(), fresh.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * Whether they are the same, to the last bit. A single image is the same as one of an index, if that is for one
     * platform or one was named.
     */
    public boolean isSame() {
        if (before.digest().equals(after.digest())) {
            return true;
        }
        boolean bothIndexes = before.mediaType().isIndex() && after.mediaType().isIndex();
        return !bothIndexes
                && gone.isEmpty()
                && added.isEmpty()
                && platforms.stream().allMatch(PlatformDiff::isSame);
    }
}
