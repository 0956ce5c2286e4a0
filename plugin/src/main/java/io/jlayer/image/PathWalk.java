// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.LayerPath;

/** One way through a tree, part by part as Linux goes it; the links on it are counted all together. */
abstract class PathWalk {

    /** As Linux: more links than this in one path are a circle. */
    private static final int MAX_LINKS = 40;

    private int links;

    /** Where the link at this path leads; null if there is none. */
    abstract String linkAt(LayerPath path);

    /**
     * Goes on from a directory that was reached; {@code ..} at the root stays there.
     *
     * @throws IllegalArgumentException if links lead in a circle, or a link is no path
     */
    final LayerPath follow(LayerPath from, String path) {
        LayerPath at = path.startsWith("/") ? LayerPath.ROOT : from;
        for (String part : path.split("/", -1)) {
            at = part.equals("..") ? at.parent() : step(at, at.resolve(part));
        }
        return at;
    }

    private LayerPath step(LayerPath from, LayerPath to) {
        String link = linkAt(to);
        if (link == null) {
            return to;
        }
        links++;
        if (links > MAX_LINKS) {
            throw new IllegalArgumentException("the links of the image below lead in a circle at " + to);
        }
        return follow(from, link);
    }
}
