// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenExecutionRequest;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("TERM", "xterm-256color", "PATH", "/bin");

    @TempDir
    private Path temp;

    private final MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    private Path terminal;

    @BeforeEach
    void writesToATerminal() throws IOException {
        terminal = Files.createSymbolicLink(temp.resolve("1"), Path.of("/dev/pts/0"));
    }

    private boolean mayMove(Map<String, String> environment) {
        return Terminal.mayMove(request, environment, terminal);
    }

    @Test
    void movesForSomebodyWhoLooks() {
        assertThat(mayMove(ENVIRONMENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/dev/tty1, true", "/dev/console, true", "/dev/null, false", "/tmp/log, false", "pipe:[12345], false"})
    void looksWhereTheOutputGoes(String output, boolean moves) throws IOException {
        Files.delete(terminal);
        Files.createSymbolicLink(terminal, Path.of(output));

        assertThat(mayMove(ENVIRONMENT)).isEqualTo(moves);
    }

    @Test
    void batchModeIsStill() {
        request.setInteractiveMode(false);
        assertThat(mayMove(ENVIRONMENT)).isFalse();
    }

    @Test
    void modulesSideBySideAreStill() {
        request.setDegreeOfConcurrency(2);
        assertThat(mayMove(ENVIRONMENT)).isFalse();
    }

    @Test
    void whoWantsNoTransfersShownSeesNone() {
        request.setTransferListener(new QuietListener());
        assertThat(mayMove(ENVIRONMENT)).isFalse();
    }

    /** Called as Maven calls its own. */
    private static final class QuietListener extends AbstractTransferListener {}

    @Test
    void ciAndDumbTerminalsAreStill() {
        assertThat(mayMove(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
        assertThat(mayMove(Map.of("TERM", "dumb"))).isFalse();
    }
}
