// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Platform;
import java.util.List;

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
