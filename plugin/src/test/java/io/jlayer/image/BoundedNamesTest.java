// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.layer.NameBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers with more names than memory has place for are refused, and take nobody's memory. */
class BoundedNamesTest {

    private BlobStore blobs;
    private Layer layer;

    @BeforeEach
    void layer(@TempDir Path directory) throws IOException {
        blobs = Store.open(directory.resolve("store")).blobs();
        layer = Images.layer(blobs, Images.directory("a", 0755), Images.directory("b", 0755), Images.symlink("c", "a"));
    }

    @Test
    void treeOfDirectoriesAndLinks() throws IOException {
        assertThat(RootTree.of(List.of(layer), new NameBudget(3_000)).nodes()).hasSize(3);
        assertThatIOException()
                .isThrownBy(() -> RootTree.of(List.of(layer), new NameBudget(1_200)))
                .withMessageContaining("do not fit into memory");
    }

    @Test
    void pathsOfALayerThatIsChecked() {
        assertThat(findings(3_000)).isEmpty();
        assertThat(findings(1_200)).singleElement().satisfies(finding -> assertThat(finding.what())
                .contains("do not fit into memory"));
    }

    private List<Finding> findings(long limit) {
        List<Finding> findings = new ArrayList<>();
        new LayerValidator(blobs, findings, () -> new NameBudget(limit)).check(layer.descriptor(), layer.diffId());
        return findings;
    }
}
