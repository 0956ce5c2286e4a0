// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.http.Events;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final Retries retries = new Retries(new Pace(Clock.systemUTC(), pause -> {}, () -> 1.0), Events.NONE);

    private int attempts(IOException cause) {
        AtomicInteger attempts = new AtomicInteger();
        assertThatIOException()
                .isThrownBy(() -> retries.run(5, () -> {
                    attempts.incrementAndGet();
                    throw new IOException("pull it", cause);
                }));
        return attempts.get();
    }

    @Test
    void aHostThatNobodyKnowsIsTriedOnceMoreAndNotForLong() {
        assertThat(attempts(new UnknownHostException("registry.invalid"))).isEqualTo(2);
        assertThat(attempts(new ConnectException("refused"))).isEqualTo(5);
    }
}
