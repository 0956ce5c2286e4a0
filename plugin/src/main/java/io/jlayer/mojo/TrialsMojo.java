// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.UserError;
import io.jlayer.trial.TrialRecord;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Lists the trials that run or were kept, and removes those that are named. */
@Mojo(name = "trials", requiresProject = false, configurator = TellingConfigurator.HINT, threadSafe = true)
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
        boolean all = remove.equals(List.of("all"));
        List<TrialRecord> before = all ? trials.list() : List.of();
        List<String> kept = before.stream()
                .filter(trial -> !trial.running())
                .map(TrialRecord::name)
                .toList();
        for (String name : all ? kept : remove) {
            remove(trials, name);
        }
        TrialLines lines = new TrialLines(getLog());
        lines.passedOver(before.size() - kept.size());
        lines.list(trials.list());
    }

    private void remove(Trials trials, String name) throws IOException {
        try {
            trials.remove(name);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "-Djlayer.remove=" + name, "name one that mvn jlayer:trials lists", e);
        }
        getLog().info("Removed " + name);
    }
}
