// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Lists the trials that run or were kept, and removes those that are named. */
@Mojo(name = "trials", requiresProject = false, configurator = TellingConfigurator.HINT, threadSafe = true)
public final class TrialsMojo extends JlayerMojo {

    /** Names of kept trials to remove, or {@code all}. */
    @Parameter(property = "jlayer.remove")
    List<String> remove = List.of();

    @Override
    protected void run() throws IOException {
        new TrialsGoal(this).run();
    }
}
