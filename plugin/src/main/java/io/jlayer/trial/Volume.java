// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.LayerPath;
import java.nio.file.Path;

/**
 * A file or directory of this machine that a trial sees in place of its own.
 *
 * @param source on this machine
 * @param target in the trial
 * @param readOnly whether the trial may not change it
 */
public record Volume(Path source, LayerPath target, boolean readOnly) {

    public Volume {
        if (target.isRoot()) {
            throw new IllegalArgumentException("a volume cannot take the place of the whole root");
        }
    }

    /**
     * Reads {@code SOURCE:TARGET} or {@code SOURCE:TARGET:ro}.
     *
     * @param base what a relative source is relative to
     * @throws IllegalArgumentException if it is neither
     */
    public static Volume parse(String text, Path base) {
        boolean readOnly = text.endsWith(":ro");
        String rest = readOnly || text.endsWith(":rw") ? text.substring(0, text.length() - 3) : text;
        int colon = rest.lastIndexOf(':');
        if (colon < 1 || !rest.startsWith("/", colon + 1)) {
            throw new IllegalArgumentException("'" + text + "' is not SOURCE:/TARGET or SOURCE:/TARGET:ro");
        }
        Path source = FileNames.resolve(base, rest.substring(0, colon))
                .toAbsolutePath()
                .normalize();
        return new Volume(source, LayerPath.of(rest.substring(colon + 1)), readOnly);
    }
}
