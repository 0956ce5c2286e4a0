// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLookTest {

    @TempDir
    Path directory;

    @Test
    void tellsWhatItIsAndHowItLooks() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThat(FileLook.at(file)).isEqualTo(new FileLook(FileLook.Kind.FILE, FileState.of(file)));
        assertThat(FileLook.at(directory)).isEqualTo(new FileLook(FileLook.Kind.DIRECTORY, FileState.of(directory)));
    }

    @Test
    void doesNotFollowLinks() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path lost = Files.createSymbolicLink(directory.resolve("lost"), directory.resolve("nothing"));

        assertThat(FileLook.at(link).kind()).isEqualTo(FileLook.Kind.LINK);
        assertThat(FileLook.at(link).state()).isNotEqualTo(FileState.of(file));
        assertThat(FileLook.at(lost).kind()).isEqualTo(FileLook.Kind.LINK);
    }

    @Test
    void failsWhereNothingIs() {
        assertThatThrownBy(() -> FileLook.at(directory.resolve("nothing"))).isInstanceOf(NoSuchFileException.class);
    }
}
