// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Traffic.Way;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final Traffic traffic = new Traffic();

    @Test
    void bothWaysAreCountedApart() {
        traffic.expect(Way.PULL, 100);
        try (Traffic.Transfer transfer = traffic.begin(Way.PULL)) {
            transfer.moved(30);

            assertThat(traffic.moved(Way.PULL)).isEqualTo(30);
            assertThat(traffic.expected(Way.PULL)).isEqualTo(100);
            assertThat(traffic.isMoving(Way.PULL)).isTrue();
            assertThat(traffic.isMoving(Way.PUSH)).isFalse();
        }
        assertThat(traffic.isMoving(Way.PULL)).isFalse();
        assertThat(traffic.moved(Way.PUSH)).isZero();
        assertThat(traffic.expected(Way.PUSH)).isZero();
    }

    @Test
    void moreThanAnybodyExpectedIsExpected() {
        traffic.expect(Way.PUSH, 10);
        traffic.begin(Way.PUSH).moved(25);

        assertThat(traffic.expected(Way.PUSH)).isEqualTo(25);
    }

    @Test
    void whatStartsOverMovedNothing() {
        Traffic.Transfer other = traffic.begin(Way.PUSH);
        other.moved(7);
        Traffic.Transfer transfer = traffic.begin(Way.PUSH);
        transfer.moved(20);
        transfer.startOver();
        transfer.moved(5);

        assertThat(traffic.moved(Way.PUSH)).isEqualTo(12);
    }

    @Test
    void isClosedOnce() {
        Traffic.Transfer open = traffic.begin(Way.PULL);
        Traffic.Transfer closed = traffic.begin(Way.PULL);
        closed.close();
        closed.close();

        assertThat(traffic.isMoving(Way.PULL)).isTrue();
        open.close();
        assertThat(traffic.isMoving(Way.PULL)).isFalse();
    }
}
