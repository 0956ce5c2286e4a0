// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import java.util.Set;

/**
 * A layer that the image is to have.
 *
 * @param origin what kind of thing it holds: {@code dependencies}, {@code snapshots}, {@code modules}, {@code resources},
 *     {@code classes}, {@code launch} or {@code files}
 * @param spec what it will hold
 * @param place where in the image
 * @param intoIfDirectory files that lie in what the user wrote, if that is a directory in the image; else they are what the
 *     user wrote, so that their parent's path is theirs
 */
public record PlannedLayer(String origin, LayerSpec spec, Place place, Set<LayerPath> intoIfDirectory) {

    public PlannedLayer {
        intoIfDirectory = Set.copyOf(intoIfDirectory);
    }

    /** One whose files lie where they say. */
    public PlannedLayer(String origin, LayerSpec spec, Place place) {
        this(origin, spec, place, Set.of());
    }

    /** What a layer's paths are below, and whether they follow the base's links and directories. */
    public enum Place {
        /** The application's own directory: the base is not looked at. */
        APPLICATION,
        /** The root of the image; the base is followed. */
        ANYWHERE,
        /** The directory that a server of the base serves; the base tells it, and is followed. */
        WEB_ROOT
    }
}
