// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A layer of any size is written and read in little memory. */
class BoundedMemoryTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void largeLayersPassThroughASmallHeap(String compression) throws Exception {
        int size = 160;
        String said = Programs.runJava(
                Path.of(System.getProperty("java.home")),
                List.of("-Xmx48m"),
                LargeLayer.class,
                directory.toString(),
                compression,
                Integer.toString(size));
        assertThat(said.strip()).isEqualTo("read " + ((size << 20) + 1536));
        try (Stream<Path> drafts = Files.list(directory.resolve("tmp"))) {
            assertThat(drafts).isEmpty();
        }
    }
}
