// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteoutsTest {

    @Test
    void whatIsHiddenIsNamedInTheTar() {
        FileEntry.Whiteout file = new FileEntry.Whiteout(LayerPath.of("a/b"));
        assertThat(Whiteouts.nameInTar(file)).isEqualTo("a/.wh.b");
        assertThat(Whiteouts.parse(LayerPath.of("a/.wh.b"))).contains(file);
        FileEntry.OpaqueWhiteout directory = new FileEntry.OpaqueWhiteout(LayerPath.of("a/b"));
        assertThat(Whiteouts.nameInTar(directory)).isEqualTo("a/b/.wh..wh..opq");
        assertThat(Whiteouts.parse(LayerPath.of("a/b/.wh..wh..opq"))).contains(directory);
        assertThat(Whiteouts.parse(LayerPath.of(".wh.etc"))).contains(new FileEntry.Whiteout(LayerPath.of("etc")));
        assertThat(Whiteouts.parse(LayerPath.of(".wh..wh..opq")))
                .contains(new FileEntry.OpaqueWhiteout(LayerPath.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "wh.a", "a.wh.b", ".wh.a/b", "", ".wh"})
    void otherNamesHideNothing(String path) {
        assertThat(Whiteouts.parse(LayerPath.of(path))).isEmpty();
        assertThat(Whiteouts.isReserved(LayerPath.of(path))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", "a/.wh.", ".wh..", ".wh...", "a/.wh..."})
    void aWhiteoutOfNothingIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Whiteouts.parse(LayerPath.of(path)))
                .withMessageContaining("whiteout of nothing");
        assertThat(Whiteouts.isReserved(LayerPath.of(path))).isTrue();
    }
}
