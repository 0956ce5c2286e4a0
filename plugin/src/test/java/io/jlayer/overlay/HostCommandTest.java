// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.house.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs print, and that no file is needed for it. */
class HostCommandTest {

    @TempDir
    Path directory;

    private static List<String> sh(String script) {
        return List.of("sh", "-c", script);
    }

    @Test
    void givesWhatIsPrinted() throws IOException {
        assertThat(HostCommand.runAsUser(sh("echo out; echo err >&2"))).isEqualTo("out\n");
        assertThat(HostCommand.feedAsUser(sh("cat; cat >&2"), out -> out.write("in".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("in");
        Path file = directory.resolve("file");
        HostCommand.printAsUser(sh("echo printed"), file);
        assertThat(file).hasContent("printed");
    }

    @Test
    void whatIsPrintedLastOfAllIsNotLost() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertThat(HostCommand.runAsUser(List.of("echo", "last"))).isEqualTo("last\n");
        }
    }

    @Test
    void whatItComplainsOfIsTheReason() {
        assertThatIOException()
                .isThrownBy(() -> HostCommand.runAsUser(sh("echo out; echo 'it is ill' >&2; exit 1")))
                .withMessage("run sh: it is ill");
        assertThatIOException()
                .isThrownBy(() -> HostCommand.runAsUser(sh("exit 7")))
                .withMessage("run sh: status 7");
    }

    @Test
    @Timeout(60)
    void muchIsGivenWhole() throws IOException {
        assertThat(HostCommand.runAsUser(sh("head -c 3000000 /dev/zero; head -c 300000 /dev/zero >&2")))
                .hasSize(3_000_000);
        byte[] input = new byte[1 << 20];
        assertThat(HostCommand.feedAsUser(List.of("cat"), out -> out.write(input)))
                .hasSize(1 << 20);
    }

    @Test
    @Timeout(30)
    void whatItLeavesRunningIsNotWaitedFor() throws IOException {
        assertThat(HostCommand.runAsUser(sh("echo ended; sleep 60 &"))).isEqualTo("ended\n");
    }

    /** A temporary directory where nothing can be written is not the program's fault. */
    @Test
    void noTemporaryDirectoryIsNeeded() throws Exception {
        String said = Programs.runJava(
                Path.of(System.getProperty("java.home")),
                List.of("-Djava.io.tmpdir=" + directory.resolve("missing")),
                WithoutTemporaryDirectory.class);
        assertThat(said).isEqualTo("ended\n");
        assertThat(Files.exists(directory.resolve("missing"))).isFalse();
    }

    /** In a process of its own. */
    public static final class WithoutTemporaryDirectory {

        private WithoutTemporaryDirectory() {}

        public static void main(String[] args) throws IOException {
            System.out.print(HostCommand.runAsUser(sh("echo ended")));
        }
    }
}
