// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerPathTest {

    @ParameterizedTest
    @CsvSource({
        "app/lib, app/lib",
        "/app/lib/, app/lib",
        "./app//./lib/., app/lib",
        "'', ''",
        "/, ''",
        "./, ''",
        "..., ...",
        "..a/b.., ..a/b..",
        "' ', ' '",
        "'a\\b', 'a\\b'",
    })
    void readsPathsAsPeopleAndArchivesWriteThem(String text, String value) {
        assertThat(LayerPath.of(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "/../etc/passwd", "a/..", "a/../../b", "./..", "a\0b", "\0", "a/\0/b"})
    void refusesPathsThatLeadOutOfTheRoot(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LayerPath.of(text));
    }

    @Test
    void refusesWhatLinuxCannotHold() {
        assertThat(LayerPath.of("n".repeat(255)).name()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> LayerPath.of("n".repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> LayerPath.of("\u20ac".repeat(86)));
        assertThat(LayerPath.of("abc/".repeat(1023) + "abc").value()).hasSize(4095);
        assertThatIllegalArgumentException().isThrownBy(() -> LayerPath.of("abc/".repeat(1024) + "d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a/", "a//b", ".", "a/./b", "..", "a/.."})
    void aPathIsAlwaysNormal(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> LayerPath.normal(value));
    }

    @Test
    void partsComeApartAndTogether() {
        LayerPath path = LayerPath.of("a/b/c");
        assertThat(path.parent()).isEqualTo(LayerPath.of("a/b"));
        assertThat(path.name()).isEqualTo("c");
        assertThat(LayerPath.of("a").parent()).isEqualTo(LayerPath.ROOT);
        assertThat(LayerPath.ROOT.parent()).isEqualTo(LayerPath.ROOT);
        assertThat(LayerPath.ROOT.name()).isEmpty();
        assertThat(LayerPath.ROOT.resolve("x")).isEqualTo(LayerPath.of("x"));
        assertThat(path.resolve("/d/")).hasToString("/a/b/c/d");
        assertThat(path.resolve(LayerPath.ROOT)).isEqualTo(path);
        assertThat(LayerPath.ROOT).hasToString("/");
    }

    @Test
    void containsItselfAndWhatIsBelowButNoNamesake() {
        LayerPath path = LayerPath.of("a/b");
        assertThat(path.contains(path)).isTrue();
        assertThat(path.contains(LayerPath.of("a/b/c"))).isTrue();
        assertThat(path.contains(LayerPath.of("a/bc"))).isFalse();
        assertThat(path.contains(LayerPath.of("a"))).isFalse();
        assertThat(LayerPath.ROOT.contains(path)).isTrue();
        assertThat(path.contains(LayerPath.ROOT)).isFalse();
    }

    @Test
    void aDirectoryComesBeforeWhatIsInIt() {
        assertThat(Stream.of("a/b", "a-b", "a", "", "a/b/c").map(LayerPath::of).sorted())
                .map(LayerPath::value)
                .containsExactly("", "a", "a-b", "a/b", "a/b/c");
    }
}
