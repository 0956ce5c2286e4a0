// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.overlay.HostPrograms;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that end while their trial runs. */
class BadEndTest {

    @TempDir
    Path directory;

    private Process process;
    private List<ProcessHandle> chain;
    private Trials trials;

    @BeforeEach
    void open() throws IOException {
        TestAccess.assumeThere();
        Store store = Store.open(directory.resolve("store"));
        trials = new Trials(store.root(), store.blobs(), List.of());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (chain == null) {
            return;
        }
        for (ProcessHandle each : chain) {
            each.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(trials.list()).isEmpty();
        trials.removeAbandoned(warning -> {});
        assertThat(directory.resolve("store/trials").toFile().list()).containsExactly("lock");
        Leftovers.before(directory).check();
    }

    private void start(boolean seccomp, String script) throws IOException {
        assumeTrue(!seccomp || HostPrograms.find("crun").isPresent(), "needs crun");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TrialInProcess.class.getName(),
                        directory.resolve("store").toString(),
                        script,
                        Boolean.toString(seccomp))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        assertThat(lines.readLine()).isEqualTo("on");
        assertThat(trials.list()).hasSize(1);
        chain = process.descendants().toList();
        assertThat(chain).hasSizeGreaterThan(2);
    }

    @Test
    void killedProcessTakesItsTrialWithIt() throws Exception {
        start(false, "trap '' TERM; sleep 1000 & echo on; wait");
        process.destroyForcibly().waitFor();
        chain.get(0).onExit().get(30, TimeUnit.SECONDS);
        for (ProcessHandle each : chain) {
            each.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(trials.removeAbandoned(warning -> {})).isEqualTo(1);
    }

    @Test
    void terminatedProcessLetsItsTrialEnd() throws Exception {
        start(false, "trap 'exit 3' TERM; sleep 1000 & echo on; wait");
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(directory.resolve("store/trials").toFile().list()).containsExactly("lock");
    }

    @Test
    void killedChainEndsAll() throws Exception {
        start(false, "trap '' TERM; sleep 1000 & echo on; wait");
        process.children().forEach(ProcessHandle::destroyForcibly);
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void programKilledFromOutsideIsAnExitCode() throws Exception {
        start(false, "trap '' TERM; sleep 1000 & echo on; wait");
        chain.stream().filter(BadEndTest::isProgram).findFirst().orElseThrow().destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(137);
    }

    /** Whichever it is: the rest ends, and this process tells what was and leaves nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyProcessOfTheChainMayBeKilled(boolean seccomp) throws Exception {
        int length = 1;
        for (int i = 0; i < length; i++) {
            start(seccomp, "trap '' TERM; sleep 1000 & echo on; wait");
            length = chain.size();
            chain.get(i).destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("after process %d of %d", i, length)
                    .isTrue();
            assertThat(directory.resolve("store/trials").toFile().list()).containsExactly("lock");
            nothingIsLeft();
        }
    }

    /** Number 1 in the second process namespace. */
    private static boolean isProgram(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
                    .lines()
                    .anyMatch(line -> line.matches("NSpid:(\\s+\\d+){2,}\\s+1"));
        } catch (IOException e) {
            return false;
        }
    }
}
