// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:01Z",
                "2026-11-25T23:59:00Z",
                "2026-11-25T00:00:59.000000001Z",
                "2026-11-25T10:20:30.500Z",
                "0001-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "+12026-01-01T01:00:00Z"
            })
    void isTheJdksOwnText(String text) {
        assertThat(Rfc3339.text(Instant.parse(text))).isEqualTo(text);
    }
}
