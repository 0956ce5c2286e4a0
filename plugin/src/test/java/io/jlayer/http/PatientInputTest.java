// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.registry.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientInputTest {

    private static final InputStream SILENCE = new InputStream() {
        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new SocketTimeoutException("Read timed out");
        }
    };

    private final List<Integer> timeouts = new ArrayList<>();

    private PatientInput input(int bytes, Duration stall) {
        return new PatientInput(new ByteArrayInputStream(TestImages.bytes(bytes, bytes)), timeouts::add, stall);
    }

    @Test
    void givesWhatCame() throws IOException {
        assertThat(input(10_000, Duration.ofMinutes(1)).readAllBytes()).isEqualTo(TestImages.bytes(10_000, 10_000));
        assertThat(timeouts).isNotEmpty().allMatch(timeout -> timeout == 60_000);
    }

    /** With a limit of a nanosecond every wait is too long, whatever the machine does. */
    @Test
    void aTrickleIsAStall() {
        PatientInput input = input(100, Duration.ofNanos(1));

        assertThatThrownBy(() -> input.readNBytes(1))
                .isInstanceOf(StalledException.class)
                .hasMessageContaining("no bytes came for 0 ms, or fewer than 4096");
    }

    @Test
    void aSlowStreamThatMakesHeadwayIsNot() throws IOException {
        PatientInput input = input(10_000, Duration.ofNanos(1));

        assertThat(input.read(new byte[5000])).isEqualTo(5000);
        assertThat(input.read(new byte[5000])).isEqualTo(5000);
    }

    @Test
    void silenceIsAStall() {
        PatientInput input = new PatientInput(SILENCE, timeouts::add, Duration.ofMillis(200));

        assertThatThrownBy(input::read)
                .isInstanceOf(StalledException.class)
                .hasMessageContaining("no bytes came for 200 ms");
    }

    /** Each byte is soon enough for itself, and all together are too late. */
    @Test
    void anAnswerMustHaveBegunInTime() throws Exception {
        PatientInput input = input(100, Duration.ofMinutes(1));
        input.expectWithin(Duration.ofMillis(30));
        input.readNBytes(1);
        Thread.sleep(40);

        assertThatThrownBy(() -> input.readNBytes(1)).hasMessage("no answer for 30 ms");
        input.expectFlow();
        assertThat(input.readNBytes(1)).hasSize(1);
    }
}
