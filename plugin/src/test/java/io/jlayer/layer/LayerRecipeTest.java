// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LayerRecipeTest {

    private static final LayerPath A = LayerPath.of("a");
    private static final LayerPath B = LayerPath.of("b");

    private static Digest recipe(FileEntry... entries) throws IOException {
        return LayerRecipe.of(new LayerSpec("any", List.of(entries)), Compression.GZIP);
    }

    private static FileEntry file(Metadata metadata, String content) {
        return new FileEntry.Regular(
                A, metadata, FileContent.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void whateverChangesTheBytesChangesTheRecipe() throws IOException {
        Metadata file = Metadata.FILE;
        List<Digest> recipes = new ArrayList<>(Arrays.asList(
                recipe(),
                recipe(file(file, "x")),
                recipe(file(file, "y")),
                recipe(file(file.withMode(0600), "x")),
                recipe(file(Metadata.of(0644, 1, 0), "x")),
                recipe(file(Metadata.of(0644, 0, 1), "x")),
                recipe(file(new Metadata(0644, 0, 0, 2, new TreeMap<>()), "x")),
                recipe(file(new Metadata(0644, 0, 0, 1, new TreeMap<>(Map.of("k", XattrValue.of("v")))), "x")),
                recipe(file(new Metadata(0644, 0, 0, 1, new TreeMap<>(Map.of("kv", XattrValue.of("")))), "x")),
                recipe(new FileEntry.Directory(A, file)),
                recipe(new FileEntry.Fifo(A, file)),
                recipe(new FileEntry.Symlink(A, file, "b")),
                recipe(new FileEntry.Symlink(A, file, "c")),
                recipe(new FileEntry.HardLink(A, file, B)),
                recipe(new FileEntry.Device(A, file, false, 1, 2)),
                recipe(new FileEntry.Device(A, file, true, 1, 2)),
                recipe(new FileEntry.Device(A, file, true, 2, 2)),
                recipe(new FileEntry.Device(A, file, true, 1, 3)),
                recipe(new FileEntry.Whiteout(A)),
                recipe(new FileEntry.OpaqueWhiteout(A)),
                recipe(new FileEntry.Whiteout(B)),
                LayerRecipe.of(new LayerSpec("any", List.of()), Compression.ZSTD),
                LayerRecipe.of(new LayerSpec("any", List.of()), Compression.GZIP.withLevel(9))));
        assertThat(recipes).doesNotHaveDuplicates();
    }

    @Test
    void theNameOfTheLayerIsNoPartOfIt() throws IOException {
        List<FileEntry> entries = Trees.random(1, 20);
        assertThat(LayerRecipe.of(new LayerSpec("one", entries), Compression.NONE))
                .isEqualTo(LayerRecipe.of(new LayerSpec("other", entries), Compression.NONE));
    }
}
