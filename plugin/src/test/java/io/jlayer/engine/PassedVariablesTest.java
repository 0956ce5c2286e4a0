// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.trial.TrialException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedVariablesTest {

    @TempDir
    Path directory;

    @Test
    void valuesGoByTheEnvironmentAndNeverByTheCommandLine() throws IOException {
        PassedVariables passed =
                PassedVariables.of(new TreeMap<>(Map.of("DB_PASSWORD", "s3cret\nline", "EMPTY", "")), directory);
        assertThat(passed.words()).containsExactly("--env", "DB_PASSWORD", "--env", "EMPTY");
        assertThat(passed.environment()).containsEntry("DB_PASSWORD", "s3cret\nline");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "DOCKER_HOST",
                "LD_PRELOAD",
                "https_proxy",
                "CONTAINER_HOST",
                "_CONTAINERS_X",
                "GODEBUG",
                "BASH_ENV",
                "A*"
            })
    void whatTheProgramWouldHeedGoesByAFile(String name) throws IOException {
        PassedVariables passed = PassedVariables.of(Map.of(name, " a=b "), directory);
        assertThat(passed.environment()).isEmpty();
        assertThat(passed.words()).hasSize(2).first().isEqualTo("--env-file");
        assertThat(Files.readString(Path.of(passed.words().get(1)))).isEqualTo(name + "= a=b \n");
        assertThatThrownBy(() -> PassedVariables.of(Map.of(name, "a\nb"), directory))
                .isInstanceOf(TrialException.class)
                .hasMessageContaining("line break");
    }

    @Test
    void nameThatWouldBeLostIsRefused() {
        assertThatThrownBy(() -> PassedVariables.of(Map.of("#A", "1"), directory))
                .isInstanceOf(TrialException.class);
    }

    @Test
    void fileIsForItsOwnersEyesOnly() throws IOException {
        assumeTrue(File.separatorChar == '/', "there are such rights on POSIX only");
        PassedVariables passed = PassedVariables.of(Map.of("HOME", "/x"), directory);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(Path.of(passed.words().get(1)))))
                .isEqualTo("rw-------");
    }
}
