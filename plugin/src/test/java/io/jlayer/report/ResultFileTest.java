// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.error.UserError;
import io.jlayer.house.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

    @TempDir
    Path directory;

    @Test
    void aFileIsMadeWithItsDirectoriesAndReplacedAsAWhole() throws IOException {
        Path file = directory.resolve("new/result.json");
        ResultFile.write(file, "first".getBytes(UTF_8));
        assertThatThrownBy(() -> ResultFile.write(file, out -> {
                    out.write('x');
                    throw new IOException("half-way");
                }))
                .hasMessage("half-way");
        assertThat(file).hasContent("first");
        ResultFile.write(file, "2".getBytes(UTF_8));
        assertThat(file).hasContent("2");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.*jlayer*");
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "something longer");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        ResultFile.write(link, "new".getBytes(UTF_8));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void aPipeIsWrittenTo() throws Exception {
        Programs.assumeInstalled("mkfifo");
        Path pipe = directory.resolve("pipe");
        Programs.run(directory, "mkfifo", "pipe");
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                return e.toString();
            }
        });
        ResultFile.write(pipe, "through".getBytes(UTF_8));
        assertThat(read.get()).isEqualTo("through");
    }

    @Test
    void ofAFullDiskTheFileIsNamed() {
        assertThatThrownBy(() -> ResultFile.write(directory.resolve("result"), out -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("result")
                .hasMessageContaining("name a file elsewhere");
    }
}
