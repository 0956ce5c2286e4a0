// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.Ownership;
import java.util.List;

/**
 * The way in which trials run here.
 *
 * @param engine which
 * @param ownership whose the files are
 * @param warnings what is not as in a container
 */
record Access(Engine engine, Ownership ownership, List<String> warnings) {

    /** Whether there is no owner within but root. */
    boolean oneOwner() {
        return engine == Engine.FLAT;
    }
}
