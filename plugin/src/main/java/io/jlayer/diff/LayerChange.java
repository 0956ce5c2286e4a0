// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.layer.Layer;
import java.util.Optional;

/**
 * What became of a layer.
 *
 * @param kind what; a layer that was moved in the stack counts as the same
 * @param before it in the old image; empty if it was added
 * @param after it in the new image; empty if it was deleted
 */
public record LayerChange(Kind kind, Optional<Placed> before, Optional<Placed> after) {

    /**
     * A layer in its place.
     *
     * @param number where it lies: the lowest is 1
     * @param name what people call it
     * @param layer the layer
     */
    public record Placed(int number, String name, Layer layer) {

        /** Bytes, packed. */
        public long size() {
            return layer.descriptor().size();
        }
    }

    /** It in the new image, or in the old one if the new one has it no more. */
    public Placed latest() {
        return after.orElseGet(before::get);
    }

    /** What it is called; if that changed, both names, what they begin with alike only once. */
    public String name() {
        return VersionedName.both(before.orElse(latest()).name(), latest().name());
    }
}
