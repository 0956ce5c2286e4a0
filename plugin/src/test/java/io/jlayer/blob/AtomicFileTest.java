// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {

    private static final byte[] NEW = "new".getBytes(UTF_8);

    @TempDir
    Path directory;

    private Path old() throws IOException {
        return Files.writeString(directory.resolve("file"), "old");
    }

    private void isAlone(Path file, String content) throws IOException {
        assertThat(file).hasContent(content);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsReplacedOrMade(AtomicFile.Sync sync) throws IOException {
        Path file = old();
        AtomicFile.write(file, NEW, sync);
        isAlone(file, "new");
        Files.delete(file);
        AtomicFile.write(file, NEW, sync);
        isAlone(file, "new");
    }

    @Test
    void untilItIsWholeTheOldOneIsThere() throws IOException {
        Path file = old();
        try (AtomicFile replaced = AtomicFile.replacing(file, AtomicFile.Sync.NONE)) {
            replaced.content().write(NEW);
            assertThat(file).hasContent("old");
            replaced.commit();
            assertThat(file).hasContent("new");
        }
        isAlone(file, "new");
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        Path file = old();
        try (AtomicFile replaced = AtomicFile.replacing(file, AtomicFile.Sync.CONTENT)) {
            replaced.content().write(NEW);
        }
        isAlone(file, "old");
    }

    @Test
    void whatCannotTakeThePlaceLeavesNothing() throws IOException {
        Path inTheWay =
                Files.createDirectories(directory.resolve("file/within")).getParent();
        assertThatIOException().isThrownBy(() -> AtomicFile.write(inTheWay, NEW, AtomicFile.Sync.NONE));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(inTheWay);
        }
    }

    /** Others may read what a build leaves, as far as the user lets them. */
    @Test
    void itIsForThoseForWhomOtherFilesAre() throws IOException {
        Path file = directory.resolve("file");
        AtomicFile.write(file, NEW, AtomicFile.Sync.NONE);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(directory.resolve("other"))));
    }
}
