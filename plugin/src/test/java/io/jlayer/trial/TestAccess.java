// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The way in which trials run where the tests run. */
final class TestAccess {

    private TestAccess() {}

    /** Skips a test where no program of an image can run. */
    static void assumeThere() {
        assumeTrue(TestLayers.haveBusybox(), "needs /bin/busybox, linked statically");
        try {
            here();
        } catch (IOException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    /**
     * Tries all, and remembers nothing.
     *
     * @throws IOException if none works
     */
    static Access here() throws IOException {
        return AccessLadder.choose(Engine.AUTO, new RememberedEngine(Path.of("/dev/null/nothing")));
    }
}
