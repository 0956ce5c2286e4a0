// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose words come through a pipe. */
class JdkToolTest {

    @TempDir
    Path directory;

    private JdkTool tool(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new JdkTool(program);
    }

    @Test
    void givesWhatIsPrinted() throws IOException {
        assertThat(tool("echo java.base; echo java.sql >&2").run(directory, List.of()))
                .isEqualTo("java.base\njava.sql");
    }

    @Test
    void whatItComplainsOfIsTheReason() throws IOException {
        assertThatIOException()
                .isThrownBy(
                        () -> tool("echo 'No space left on device' >&2; exit 1").run(directory, List.of()))
                .withMessageEndingWith("it ended with status 1: No space left on device");
        assertThatIOException()
                .isThrownBy(() -> tool("exit 3").run(directory, List.of()))
                .withMessageEndingWith("it ended with status 3: it did not say why");
    }

    /** More than a pipe holds, and more than is of interest. */
    @Test
    void whoeverPrintsMuchNeedNotWait() throws IOException {
        String much = "i=0; while [ $i -lt 5000 ]; do echo" + " x".repeat(300) + "; i=$((i+1)); done; exit 1";
        assertThatIOException()
                .isThrownBy(() -> tool(much).run(directory, List.of()))
                .withMessageEndingWith(" …");
    }

    /** Somebody who holds the pipe's other end on. */
    @Test
    @Timeout(30)
    void whatItLeavesRunningIsNotWaitedFor() throws IOException {
        assertThat(tool("echo ended; sleep 60 &").run(directory, List.of())).isEqualTo("ended");
    }
}
