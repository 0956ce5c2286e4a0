// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.report.VisibleLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers wrote passes for no line of Maven's, whichever goal shows it and however it failed. */
class VisibleGoalsTest {

    private static final String HOSTILE = "layer: \033[2J/etc/x\n[INFO] BUILD SUCCESS";
    private static final String SEEN = "layer: \\033[2J/etc/x\\n[INFO] BUILD SUCCESS";

    private final List<String> lines = new ArrayList<>();

    private final Log maven = new SystemStreamLog() {
        @Override
        public void debug(CharSequence line) {
            lines.add(line.toString());
        }

        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }

        @Override
        public void warn(CharSequence line) {
            lines.add(line.toString());
        }

        @Override
        public void warn(CharSequence line, Throwable failure) {
            lines.add(line.toString());
        }

        @Override
        public void error(CharSequence line) {
            lines.add(line.toString());
        }
    };

    static Stream<JlayerMojo> goals() {
        return Stream.of(
                new BuildMojo(),
                new PushMojo(),
                new TryMojo(),
                new TrialsMojo(),
                new InspectMojo(),
                new LoadMojo(),
                new SaveMojo(),
                new VerifyMojo(),
                new DiffMojo(),
                new PruneMojo());
    }

    @ParameterizedTest
    @MethodSource("goals")
    void everyGoalSpeaksThroughTheDoor(JlayerMojo goal) {
        goal.setLog(maven);
        Log log = goal.getLog();
        assertThat(log).isInstanceOf(VisibleLog.class);
        log.debug(HOSTILE);
        log.info(HOSTILE);
        log.warn(HOSTILE);
        log.warn(HOSTILE, new IOException());
        log.error(HOSTILE);
        assertThat(lines).hasSize(5).containsOnly(SEEN);
    }

    @Test
    void failureIsNotShownBesideInItsOwnWords() {
        IOException plain = new IOException("read x", new IOException("no disk"));
        assertThat(FailureText.isVisible(plain)).isTrue();
        assertThat(FailureText.isVisible(new IOException("read x", new IOException(HOSTILE))))
                .isFalse();
        assertThat(FailureText.of(new IOException(HOSTILE))).doesNotContain("\n[", "\033");
    }
}
