// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.layer.LayerSpec;

/**
 * A layer that the image is to have.
 *
 * @param origin what kind of thing it holds: {@code dependencies}, {@code snapshots}, {@code modules}, {@code resources},
 *     {@code classes}, {@code launch} or {@code files}
 * @param spec what it will hold
 */
public record PlannedLayer(String origin, LayerSpec spec) {

    /** Whether it may hold anything anywhere, and not only what belongs to the application in the application's place. */
    boolean isAnywhere() {
        return origin.equals("files");
    }
}
