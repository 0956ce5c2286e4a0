// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.layer.LayerPath;

/** Reads the text of a symbolic link as a path within the root. */
final class LinkTarget {

    private LinkTarget() {}

    /**
     * Where a link in {@code directory} leads; {@code ..} at the root stays there, as in Linux.
     *
     * @throws IllegalArgumentException if the text is no path
     */
    static LayerPath of(LayerPath directory, String link) {
        LayerPath at = link.startsWith("/") ? LayerPath.ROOT : directory;
        for (String part : link.split("/", -1)) {
            at = part.equals("..") ? at.parent() : at.resolve(part);
        }
        return at;
    }
}
