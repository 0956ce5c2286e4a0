// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Traffic;
import io.jlayer.blob.Traffic.Way;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficTextTest {

    private final Traffic traffic = new Traffic();
    private long now;
    private final TrafficText text = new TrafficText(traffic, () -> now);

    private String after(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        return text.next();
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(after(1)).isEmpty();
        traffic.begin(Way.PULL).close();
        assertThat(after(1)).isEmpty();
    }

    @Test
    void showsHowMuchOfHowMuchAndHowFast() {
        traffic.expect(Way.PULL, 80_000_000);
        Traffic.Transfer transfer = traffic.begin(Way.PULL);
        assertThat(after(0)).isEqualTo("[>                       ] pulled 0 B of 80.0 MB, 0 B/s");
        transfer.moved(20_000_000);
        assertThat(after(2)).isEqualTo("[======>                 ] pulled 20.0 MB of 80.0 MB, 10.0 MB/s");
        transfer.moved(60_000_000);
        assertThat(after(1)).isEqualTo("[========================] pulled 80.0 MB of 80.0 MB, 26.7 MB/s");
        transfer.close();
        assertThat(after(1)).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        Traffic.Transfer transfer = traffic.begin(Way.PUSH);
        after(0);
        transfer.moved(90_000_000);
        after(1);
        after(1);
        after(1);
        assertThat(after(1)).endsWith(", 0 B/s");
        transfer.startOver();
        assertThat(after(1)).as("bytes that come back are no rate").endsWith("pushed 0 B of 0 B, 0 B/s");
    }

    @Test
    void bothWaysShareTheLine() {
        traffic.expect(Way.PULL, 2_000);
        traffic.begin(Way.PULL).moved(1_000);
        traffic.begin(Way.PUSH).moved(500);

        assertThat(after(1)).isEqualTo("pulled 1.0 kB of 2.0 kB, 0 B/s; pushed 500 B of 500 B, 0 B/s");
        traffic.expect(Way.PUSH, 999_900_000_000L);
        traffic.expect(Way.PULL, 999_900_000_000L);
        assertThat(after(1)).hasSizeLessThan(80);
    }
}
