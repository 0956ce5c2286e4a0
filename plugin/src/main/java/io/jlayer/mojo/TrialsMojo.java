// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.trial.TrialRecord;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Lists the trials that run or were kept, and removes those that are named. */
@Mojo(name = "trials", requiresProject = false, threadSafe = true)
public final class TrialsMojo extends JlayerMojo {

    /** Names of kept trials to remove, or {@code all}. */
    @Setting
    @Parameter(property = "jlayer.remove")
    List<String> remove = List.of();

    @Override
    protected void run() throws IOException {
        Store store = openStore();
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        trials.removeAbandoned(getLog()::warn);
        List<String> names = remove.equals(List.of("all"))
                ? trials.list().stream()
                        .filter(trial -> !trial.running())
                        .map(TrialRecord::name)
                        .toList()
                : remove;
        for (String name : names) {
            trials.remove(name);
            getLog().info("Removed " + name);
        }
        new TrialLines(getLog()).list(trials.list());
    }
}
