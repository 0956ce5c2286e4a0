// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Removes from the store what nothing uses any more; builds and trials may run meanwhile. */
@Mojo(
        name = "prune",
        requiresProject = false,
        aggregator = true,
        configurator = TellingConfigurator.HINT,
        threadSafe = true)
public final class PruneMojo extends JlayerMojo {

    /**
     * What goes. Within: {@code olderThan} (what nobody used for so long, as {@code 30d}, the default, or {@code 12h};
     * {@code 0}: all that is not in use now), {@code keep} (as {@code 10GB}: the longest unused beyond that size), {@code
     * dryRun} (only says what would go); on the command line {@code -Djlayer.prune.NAME}.
     */
    @Parameter
    PruneParameters prune = new PruneParameters();

    @Override
    protected void run() throws IOException {
        new PruneGoal(this).run();
    }
}
