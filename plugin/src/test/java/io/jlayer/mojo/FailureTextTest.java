// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.error.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void aFullDiskIsSaidWithWhatHelps() {
        IOException full = new IOException(
                "write layer 'a': /s/tmp/x: No space left on device",
                new FileSystemException("/s/tmp/x", null, "No space left on device"));
        assertThat(FailureText.ofFullDisk(full, Path.of("/s")))
                .hasMessageStartingWith("write layer 'a': /s/tmp/x: No space left on device (the store is /s)\n")
                .hasMessageContaining("jlayer:prune")
                .hasMessageContaining("-Djlayer.store=DIRECTORY");
    }

    @Test
    void aNameAloneIsNoReason() {
        assertThat(FailureText.of(new NoSuchFileException("/a"))).isEqualTo("/a: there is no such file or directory");
        assertThat(FailureText.of(new IOException("write /a: /b", new NoSuchFileException("/b"))))
                .isEqualTo("write /a: /b: there is no such file or directory");
        assertThat(FailureText.of(new FileSystemException("/a"))).isEqualTo("/a: FileSystemException");
    }

    @Test
    void aForbiddenFileIsNamedWithWhatHelps() {
        assertThat(FailureText.of(new AccessDeniedException("/secret")))
                .isEqualTo("/secret: permission denied\n"
                        + "  To fix: let the user that runs Maven read and write /secret");
    }

    @Test
    void whatIsInTheWayIsToBeMovedAway() {
        String remedy = "\n  To fix: move away what is there; below target, mvn clean removes it";
        assertThat(FailureText.of(new FileSystemException("/t/last-build", null, "Not a directory")))
                .isEqualTo("/t/last-build: Not a directory" + remedy);
        assertThat(FailureText.of(new IOException("write image layout /t: Is a directory")))
                .endsWith("Is a directory" + remedy);
        assertThat(FailureText.of(new IOException("write /t", new NotDirectoryException("/t"))))
                .endsWith(remedy);
        assertThat(FailureText.of(new FileAlreadyExistsException("/t"))).endsWith(remedy);
    }

    @Test
    void namesOfStrangersMoveNoCursor() {
        assertThat(FailureText.of(new IOException("read a\033[2J:\n  it is broken")))
                .isEqualTo("read a\\033[2J:\n  it is broken");
        assertThat(new UserError("a\033[2J", "<b>", "c\td").getMessage()).isEqualTo("a\\033[2J (<b>)\n  To fix: c\td");
    }

    @Test
    void othersSayWhatTheySay() {
        assertThat(FailureText.of(new IOException("read x: it is broken"))).isEqualTo("read x: it is broken");
        assertThat(FailureText.of(new IOException((String) null))).isEqualTo("java.io.IOException");
    }
}
