// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubordinateIdsTest {

    @TempDir
    Path directory;

    @Test
    void largestRangeOfTheUserCounts() throws IOException {
        Path file = Files.writeString(directory.resolve("subuid"), "ada:1:2\nada:5:9\n7:20:3\nbob:40:99\n");
        assertThat(SubordinateIds.read(file, "ada", 7, 7)).hasValue(new SubordinateIds(7, 5, 9));
        assertThat(SubordinateIds.read(file, "eve", 8, 8)).isEmpty();
    }

    @Test
    void namesInAnyEncodingAreNoError() throws IOException {
        Path latin = Files.writeString(directory.resolve("latin"), "m\u00fcller:1:2\nada:5:9\n", ISO_8859_1);
        assertThat(SubordinateIds.read(latin, "ada", 7, 7)).hasValue(new SubordinateIds(7, 5, 9));
        Path utf8 = Files.writeString(directory.resolve("utf8"), "m\u00fcller:1:2\n", UTF_8);
        assertThat(SubordinateIds.read(utf8, "m\u00fcller", 7, 7)).hasValue(new SubordinateIds(7, 1, 2));
    }
}
