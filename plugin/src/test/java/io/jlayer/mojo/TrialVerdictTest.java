// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.build.UserError;
import io.jlayer.overlay.Changes;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class TrialVerdictTest {

    private final TryParameters trial = new TryParameters();
    private final List<String> said = new ArrayList<>();
    private final TrialVerdict verdict = new TrialVerdict(trial, new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            said.add(line.toString());
        }
    });

    private static TrialResult result(int exitCode, TrialResult.Ending ending) {
        return new TrialResult(exitCode, ending, Changes.NONE, Optional.empty(), List.of());
    }

    @Test
    void aProgramThatEndedWellIsNoFailure() {
        assertThatCode(() -> verdict.judge(result(0, TrialResult.Ending.EXITED)))
                .doesNotThrowAnyException();
        assertThatCode(() -> verdict.judge(result(143, TrialResult.Ending.STOPPED)))
                .doesNotThrowAnyException();
    }

    @Test
    void anExitCodeIsToldWithWhatHelpsIfTheProgramSaidNothing() {
        assertThatThrownBy(() -> verdict.judge(result(3, TrialResult.Ending.EXITED)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("-Djlayer.try.shell");
    }

    @Test
    void whoTookTooMuchMemoryIsToldHowMuchItWas() {
        trial.memory = "24m";
        assertThatThrownBy(() -> verdict.judge(result(137, TrialResult.Ending.OUT_OF_MEMORY)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more memory than the 24m")
                .hasMessageContaining("-Djlayer.try.memory")
                .hasMessageContaining("give it more");
    }

    @Test
    void aKeptTrialOfAnotherImageIsGoneOnWithByNamingBoth() throws IOException {
        TrialSpec kept = TrialSpec.builder().keep("a").build();
        verdict.report(result(0, TrialResult.Ending.EXITED), kept);
        assertThat(said).last().isEqualTo("Kept as a: -Djlayer.try.resume=a goes on with it");
        trial.image = "oci:x";
        verdict.report(result(0, TrialResult.Ending.EXITED), kept);
        assertThat(said).last().isEqualTo("Kept as a: -Djlayer.try.image=oci:x -Djlayer.try.resume=a goes on with it");
    }
}
