// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.MemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayerContentTest {

    @Test
    void isWhatTheWriterFindsOut() throws IOException {
        LayerSpec spec = new LayerSpec(
                "two",
                List.of(
                        new FileEntry.Directory(LayerPath.of("/a"), Metadata.DIRECTORY),
                        new FileEntry.Regular(
                                LayerPath.of("/a/b"), Metadata.FILE, FileContent.of("content".getBytes(UTF_8)))));
        LayerContent content = LayerContent.of(spec);
        try (Workers workers = new Workers(1)) {
            for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)) {
                Layer layer = new LayerWriter(new MemoryStore(), compression, workers).write(spec);
                assertThat(content.diffId()).isEqualTo(layer.diffId());
                assertThat(OptionalLong.of(content.tarSize())).isEqualTo(layer.tarSize());
            }
        }
    }

    @Test
    void aSampleTellsHowItWasPacked() throws IOException {
        assertThat(PackedSample.of(Compression.GZIP)).isEqualTo(PackedSample.of(Compression.GZIP));
        assertThat(PackedSample.of(Compression.GZIP)).isNotEqualTo(PackedSample.of(Compression.GZIP.withLevel(9)));
        assertThat(PackedSample.of(Compression.GZIP)).isNotEqualTo(PackedSample.of(Compression.ZSTD));
    }
}
