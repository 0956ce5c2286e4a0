// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    @TempDir
    Path directory;

    @Test
    void aDirectoryIsToldBeforeTheWork() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> OutputFile.check(directory.toFile(), "<diff><json>"))
                .withMessage(directory + " is a directory (<diff><json>)\n  To fix: name a file");
        assertThatCode(() -> {
                    OutputFile.check(null, "<diff><json>");
                    OutputFile.check(new File(directory.toFile(), "new.json"), "<diff><json>");
                })
                .doesNotThrowAnyException();
    }
}
