// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopSignalTest {

    @ParameterizedTest
    @CsvSource({
        "SIGQUIT, QUIT",
        "quit, QUIT",
        "sigterm, TERM",
        "9, 9",
        "'', TERM",
        "SIGRTMIN+3, 37",
        "RTMIN, 34",
        "SIGRTMAX-2, 62",
        "RTMIN+100, RTMIN+100"
    })
    void namesAreThoseOfShellsAndOfRealTimeNumbers(String text, String signal) {
        assertThat(StopSignal.of(text)).isEqualTo(signal);
    }
}
