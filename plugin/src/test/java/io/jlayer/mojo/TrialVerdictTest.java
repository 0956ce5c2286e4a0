// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.error.UserError;
import io.jlayer.overlay.Changes;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialResult.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class TrialVerdictTest {

    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };
    private final TryParameters trial = new TryParameters();
    private String refusal = "";

    private TrialResult result(Ending ending, int exitCode) {
        return new TrialResult(exitCode, ending, refusal, Changes.NONE, Optional.empty(), List.of());
    }

    private void judged(Ending ending, int exitCode, String... words) {
        assertThatThrownBy(() -> new TrialVerdict(trial, log).judge(result(ending, exitCode)))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(words);
    }

    private String kept() throws IOException {
        new TrialVerdict(trial, log).report(result(Ending.EXITED, 0), trial.toSpec(Path.of(""), "name"));
        return lines.get(lines.size() - 1);
    }

    @Test
    void aFailedProgramMayHaveWrittenNothing() {
        judged(Ending.EXITED, 3, "ended with exit code 3\n", "To fix: what the program wrote of it, if anything");
        judged(Ending.EXITED, 127, "127, which mostly means that a program was not found");
    }

    @Test
    void aProgramThatWantedMoreMemoryIsToldHowToGetIt() {
        judged(Ending.EXITED, 137, "killed", "the machine may be short of memory");
        judged(
                Ending.OUT_OF_MEMORY,
                137,
                "used more memory than there is where it ran",
                "give the engine's machine more");
        trial.memory = "64m";
        judged(Ending.EXITED, 137, "killed", "it wanted more memory than 64m", "-Djlayer.try.memory=SIZE");
        judged(Ending.OUT_OF_MEMORY, 137, "used more memory than 64m", "-Djlayer.try.memory=SIZE");
    }

    @Test
    void aProbeThatFailedIsToldWhatWouldHelpIt() {
        trial.timeout = "5s";
        judged(Ending.TIMED_OUT, 143, "still ran after 5s", "To fix: give it more time");
        trial.probe = "http://localhost:8080/health";
        judged(Ending.TIMED_OUT, 143, "did not answer well within 5s", "nothing answered at port 8080", "more time");
        refusal = "status 503";
        judged(Ending.TIMED_OUT, 143, "To fix: give it more time, since it answers with status 503");
        refusal = "status 404";
        judged(Ending.TIMED_OUT, 143, "status 404 there: name a path that it serves, or tcp://localhost:8080");
        assertThatThrownBy(() -> new TrialVerdict(trial, log).judge(result(Ending.TIMED_OUT, 143)))
                .hasMessageNotContaining("more time");
    }

    @Test
    void aKeptTrialIsGoneOnWithAsItWasRun() throws IOException {
        trial.keep = "mine";
        assertThat(kept()).isEqualTo("Kept as mine: -Djlayer.try.resume=mine goes on with it");

        trial.image = "rootfs:my root";
        trial.engine = "flat";
        assertThat(kept())
                .isEqualTo("Kept as mine: -Djlayer.try.image='rootfs:my root' -Djlayer.try.engine=flat"
                        + " -Djlayer.try.resume=mine goes on with it");
    }
}
