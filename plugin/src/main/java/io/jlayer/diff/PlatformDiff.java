// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.oci.Platform;
import java.util.List;

/**
 * What differs between two images for one platform.
 *
 * @param before the old image
 * @param after the new image
 * @param layers what became of each layer: those of the new image, lowest first, then those that are gone
 * @param traffic what goes over the network
 * @param config what their configs and manifests say otherwise
 * @param files what a container sees otherwise, a directory before what is in it
 */
public record PlatformDiff(
        ComparedImage before,
        ComparedImage after,
        List<LayerChange> layers,
        Traffic traffic,
        List<ConfigChange> config,
        List<FileChange> files) {

    public Platform platform() {
        return after.image().platform();
    }

    /** Whether they are one image, to the last bit. */
    public boolean isSame() {
        return before.manifest().digest().equals(after.manifest().digest());
    }

    /** Whether they differ in nothing but how their layers are packed. */
    public boolean differsInPackingOnly() {
        return before.hasSameLayers(after) && config.isEmpty() && count(Kind.REPACKED) > 0;
    }

    /** How many layers have become so. */
    public long count(Kind kind) {
        return layers.stream().filter(layer -> layer.kind() == kind).count();
    }
}
