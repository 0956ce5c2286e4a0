// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.UserError;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import java.io.IOException;
import org.apache.maven.plugin.logging.Log;

/**
 * What a trial's end is told as, and means for the build. Maven itself knows two ends only, 0 and 1; the program's own exit
 * code is in the message, and in the file that {@code <diff>} names, which is written first.
 */
final class TrialVerdict {

    private final TryParameters trial;
    private final Log log;

    TrialVerdict(TryParameters trial, Log log) {
        this.trial = trial;
        this.log = log;
    }

    void report(TrialResult result, TrialSpec spec) throws IOException {
        new TrialLines(log).show(result);
        if (trial.diff != null) {
            TrialLines.write(result, trial.diff.toPath());
        }
        String image = trial.image == null ? "" : "-Djlayer.try.image=" + trial.image + " ";
        spec.keep()
                .or(spec::resume)
                .ifPresent(name -> log.info(
                        "Kept as " + name + ": " + image + "-Djlayer.try.resume=" + name + " goes on with it"));
    }

    /** What the program's end means for the build. */
    void judge(TrialResult result) {
        switch (result.ending()) {
            case EXITED -> judgeExit(result.exitCode());
            case TIMED_OUT ->
                throw new UserError(
                        trial.probe == null
                                ? "the program still ran after " + trial.timeout
                                : trial.probe + " did not answer well within " + trial.timeout,
                        "<try><timeout>, or -Djlayer.try.timeout",
                        "see what the program wrote above, or give it more time");
            case OUT_OF_MEMORY ->
                throw new UserError(
                        "the program took more memory than the " + trial.memory
                                + " that it was given, and the kernel ended it",
                        "<try><memory>, or -Djlayer.try.memory",
                        "give it more; a JVM takes more than its heap, which -XX:MaxRAMPercentage bounds");
            case READY -> log.info(trial.probe + " answered; the program was stopped then");
            case STOPPED -> {}
        }
    }

    private void judgeExit(int exitCode) {
        if (exitCode != 0) {
            throw new UserError(
                    "the program ended with exit code " + exitCode,
                    "",
                    "see what it wrote above; if that is nothing, -Djlayer.try.shell is a shell in its image");
        }
        if (trial.probe != null) {
            throw new UserError(
                    "the program ended before " + trial.probe + " answered",
                    "<try><probe>, or -Djlayer.try.probe",
                    "see what the program wrote above, or leave the probe out");
        }
    }
}
