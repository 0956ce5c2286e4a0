// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSpecTest {

    private static FileEntry file(String path) {
        return new FileEntry.Regular(LayerPath.of(path), Metadata.FILE, FileContent.of(new byte[0]));
    }

    private static FileEntry link(String path, String target) {
        return new FileEntry.HardLink(LayerPath.of(path), Metadata.FILE, LayerPath.of(target));
    }

    @Test
    void entriesAreSortedAndHardLinksComeAfterWhatTheyName() {
        LayerSpec spec = new LayerSpec("l", List.of(link("a", "z"), file("z"), file("m"), link("b", "z")));
        assertThat(spec.entries()).extracting(entry -> entry.path().value()).containsExactly("m", "z", "a", "b");
    }

    @Test
    void anOpaqueDirectoryIsThereBeforeWhatIsPutIntoIt() {
        LayerPath directory = LayerPath.of("d");
        FileEntry opaque = new FileEntry.OpaqueWhiteout(directory);
        FileEntry entry = new FileEntry.Directory(directory, Metadata.DIRECTORY);
        assertThat(new LayerSpec("l", List.of(file("d/f"), opaque, entry)).entries())
                .startsWith(entry, opaque);
    }

    @Test
    void aPathIsThereOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerSpec("l", List.of(file("a"), link("a", "b"))))
                .withMessage("layer 'l' has /a twice");
        FileEntry opaque = new FileEntry.OpaqueWhiteout(LayerPath.of("d"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LayerSpec("l", List.of(opaque, opaque)));
    }

    @Test
    void reservedNamesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerSpec("l", List.of(file("a/.wh.b"))))
                .withMessageContaining("whiteouts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerSpec("l", List.of(new FileEntry.Whiteout(LayerPath.ROOT))));
    }
}
