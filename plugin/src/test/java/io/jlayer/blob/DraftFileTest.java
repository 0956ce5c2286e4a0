// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of drafts when a JVM has ended. */
class DraftFileTest {

    @TempDir
    Path directory;

    /** Leaves a draft open, and writes to where one was that is closed. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] args) throws IOException {
            Path tmp = Path.of(args[0]);
            Files.writeString(DraftFile.in(tmp, "open-").path(), "x");
            DraftFile closed = DraftFile.in(tmp, "closed-");
            Files.writeString(closed.path(), "x");
            closed.close();
            System.out.println(Files.exists(closed.path()));
            Files.writeString(closed.path(), "another's");
            System.exit(0);
        }
    }

    @Test
    void theEndOfTheJvmTakesWhatIsOpenAndKnowsNoMoreOfWhatIsClosed() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                directory.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualToIgnoringNewLines("false");
        assertThat(process.waitFor()).isZero();

        assertThat(directory.toFile().list()).singleElement().asString().startsWith("closed-");
    }
}
