// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(directory.resolve("b/c"));
        Files.createFile(directory.resolve("b/c/x.crt"));
        Files.createFile(directory.resolve("a"));
    }

    @Test
    void whatIsBelowComesSortedAfterTheDirectoryItself() throws IOException {
        assertThat(Listing.below(directory))
                .map(file -> directory.relativize(file).toString())
                .containsExactly("", "a", "b", "b/c", "b/c/x.crt");
        assertThat(Listing.of(directory).files()).hasSize(2);
        assertThat(Listing.matching(directory.resolve("b/c"), "*.crt")).hasSize(1);
        assertThat(Listing.matching(directory, "*.crt")).isEmpty();
    }

    @Test
    void faultsOnTheWayAreCheckedExceptions() throws IOException {
        Files.createSymbolicLink(directory.resolve("b/c/up"), directory);
        assertThatIOException()
                .isThrownBy(() -> Listing.below(directory, FileVisitOption.FOLLOW_LINKS))
                .isInstanceOf(FileSystemLoopException.class);
        Path file = directory.resolve("a");
        assertThatIOException().isThrownBy(() -> Listing.of(file));
        assertThatIOException().isThrownBy(() -> Listing.matching(file, "*"));
        assertThatIOException().isThrownBy(() -> Listing.below(directory.resolve("none")));
    }
}
