// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the user who builds may not read. Root may read all, so that right is taken away from it. */
class UnreadableFilesTest {

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void application() throws IOException {
        application = new SmallApplication(directory);
    }

    private void close(Path file) throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(file).supportsFileAttributeView("posix"), "files here have no permissions");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    }

    /** Builds without the right to read what is closed, and gives what came of it. */
    private String build() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(directory, "unix:uid").equals(0)) {
            Programs.assumeInstalled("setpriv");
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BuildProcess.class.getName(),
                application.project.toString(),
                application.from));
        return Programs.run(directory, command.toArray(String[]::new));
    }

    private void buildOnce() throws IOException, InterruptedException {
        assertThat(build()).contains("built sha256:");
    }

    @Test
    void areNamed() throws Exception {
        Path secret = application.write("src/main/jlayer/etc/secret", "x");
        buildOnce();
        close(secret);
        assertThat(build()).contains("failed", secret + ": permission denied");
        assertThat(application.output().resolve("image.digest")).exists();
    }

    @Test
    void soAreDirectories() throws Exception {
        Path secret = application.write("src/main/jlayer/etc/secret", "x").getParent();
        buildOnce();
        close(secret);
        assertThat(build()).contains("failed", secret + ": permission denied");
    }

    @Test
    void inARootFileSystemTheyAreTheBasesFault() throws Exception {
        Path secret = application.write("rootfs/etc/shadow", "x");
        application.from = "rootfs:rootfs";
        buildOnce();
        close(secret);
        assertThat(build()).contains("failed", "<from>rootfs:rootfs</from>", "read " + secret, "To fix");
    }

    @Test
    void anArchiveThatMayNotBeRead() throws Exception {
        Path archive = application.write("base.tar", "x");
        buildOnce();
        close(archive);
        application.from = "oci-archive:base.tar";
        assertThat(build()).contains("failed", archive + ": permission denied", "let the user that runs Maven read");
    }
}
