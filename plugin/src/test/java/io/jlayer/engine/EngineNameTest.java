// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineNameTest {

    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "app, false, false",
        "app:1.0, false, false",
        "localhost:5000/shop/app:1.0, false, false",
        "0123456789ab, false, false",
        "sha256:0123456789ab, true, false",
        HEX + ", true, true",
        "sha256:" + HEX + ", true, true",
        "app@sha256:" + HEX + ", false, true",
        "app:1@sha256:" + HEX + ", false, true"
    })
    void namesAndIdsAreTold(String text, boolean id, boolean pinned) {
        EngineName name = new EngineName(text);
        assertThat(name.isId()).isEqualTo(id);
        assertThat(name.isPinned()).isEqualTo(pinned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-v", "--help", "--format={{.}}", "", " app", "a b", "App", "app;x", "app@sha256:12", "../x"})
    void whatAProgramCouldTakeForSomethingElseIsNoName(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineName(text));
    }
}
