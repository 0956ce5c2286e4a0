// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void unitsAreAsPeopleWriteThem() {
        assertThat(Durations.parse("500ms", "")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.parse("30s", "")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse(" 30 ", "")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse("2 m", "")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Durations.parse("30d", "")).isEqualTo(Duration.ofDays(30));
        assertThat(Durations.parse("2400000h", "").toNanos()).isPositive();
    }

    @Test
    void longerThanTheConfigCanSayIsRefused() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Durations.parse("999999999h", "<timeout>"))
                .withMessageContaining("longer than 100000 days (<timeout>)");
    }

    @Test
    void allElseIsRefused() {
        for (String text : new String[] {"", "s", "1w", "-1s", "1.5s", "1h30m", "9999999999s"}) {
            assertThatExceptionOfType(UserError.class)
                    .as(text)
                    .isThrownBy(() -> Durations.parse(text, "<interval>"))
                    .withMessageContaining("'" + text + "' is not a length of time (<interval>)");
        }
    }
}
