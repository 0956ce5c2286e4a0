// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.HostPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials in a real terminal, which {@code script} makes. */
class TerminalTest {

    private static final String CTRL_C = "\003";

    @TempDir
    Path directory;

    private Process terminal;
    private BufferedReader lines;

    @BeforeEach
    void check() {
        assumeTrue(HostPrograms.find("script").isPresent(), "needs script, of util-linux");
        TestAccess.assumeThere();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (terminal != null) {
            assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(directory.resolve("store/trials").toFile().list()).containsExactly("lock");
            Leftovers.before(directory).check();
        }
    }

    private void start(boolean seccomp, String script) throws IOException {
        assumeTrue(!seccomp || HostPrograms.find("crun").isPresent(), "needs crun");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TrialInProcess.class.getName(),
                directory.resolve("store").toString(),
                script,
                Boolean.toString(seccomp));
        // The shell that script starts would get Ctrl-C as well, and not every shell leaves by itself for one command.
        // Tests that run in the background ignore Ctrl-C, and so would all that they start.
        String command = "exec env --default-signal=INT " + ShellText.quote(java);
        terminal = new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
                .redirectErrorStream(true)
                .start();
        lines = new BufferedReader(new InputStreamReader(terminal.getInputStream(), UTF_8));
    }

    private void type(String text) throws IOException {
        terminal.getOutputStream().write(text.getBytes(UTF_8));
        terminal.getOutputStream().flush();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void programHasTheTerminalAndReadsFromIt(boolean seccomp) throws Exception {
        start(seccomp, "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo terminal; read -r line; echo \"<$line>\"; exit 5");
        assertThat(lines.readLine()).isEqualTo("terminal");
        type("typed\n");
        assertThat(lines.lines().toList()).contains("<typed>");
        assertThat(terminal.waitFor()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ctrlCReachesTheProgramWhoseExitCodeCounts(boolean seccomp) throws Exception {
        start(seccomp, "trap 'echo interrupted; exit 9' INT; echo on; while :; do sleep 0.1; done");
        assertThat(lines.readLine()).isEqualTo("on");
        type(CTRL_C);
        assertThat(lines.lines().toList()).anyMatch(line -> line.contains("interrupted"));
        assertThat(terminal.waitFor()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ctrlCEndsWhatDoesNotCare(boolean seccomp) throws Exception {
        start(seccomp, "echo on; while :; do sleep 0.1; done");
        assertThat(lines.readLine()).isEqualTo("on");
        type(CTRL_C);
        assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(terminal.exitValue()).isIn(130, 137, 143);
    }
}
