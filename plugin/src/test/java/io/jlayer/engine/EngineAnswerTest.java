// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What engines say when they are asked who they are, here by scripts. */
class EngineAnswerTest {

    @TempDir
    Path directory;

    private DockerImages engine(String script) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        Path program = Files.writeString(directory.resolve("engine"), "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true);
        return new DockerImages(
                program.toString(), Store.open(directory.resolve("store")).blobs());
    }

    @Test
    void anEngineSaysWhatItRuns() throws IOException {
        assertThat(engine("echo linux/aarch64").platform()).isEqualTo(Platform.parse("linux/arm64"));
        assertThat(engine("echo 'a word of its own'").platform()).isEqualTo(Platform.HOST);
    }

    @Test
    void anEmptyAnswerIsNone() throws IOException {
        for (String answer : new String[] {"/", "", "linux/"}) {
            assertThatIOException().isThrownBy(() -> engine("echo " + answer).platform());
        }
        assertThatIOException()
                .isThrownBy(
                        () -> engine("echo is the daemon running? >&2; exit 1").platform())
                .withMessageContaining("is the daemon running?");
    }
}
