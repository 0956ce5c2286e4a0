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

    /** How what a trial wrote lies in its directory; it can be gone on with only in the same way. */
    String form() {
        return engine == Engine.COPY ? "copy" : ownership.name();
    }

    /** Whether there is no owner within but root. */
    boolean oneOwner() {
        return engine == Engine.FLAT;
    }
}
