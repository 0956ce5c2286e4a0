// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.layer.LayerPath;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A layer that is unpacked; it never changes.
 *
 * @param directory where its files are
 * @param implied directories that the layer has no entry for, but something in them: what they are like is for the layers
 *     below to say
 */
public record LayerDirectory(Path directory, SortedSet<LayerPath> implied) {

    public LayerDirectory {
        implied = Collections.unmodifiableSortedSet(new TreeSet<>(implied));
    }
}
