// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {

    private static final class Line implements Flow.Subscription {
        private long asked;
        private boolean cancelled;

        @Override
        public void request(long count) {
            asked += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final Line line = new Line();

    private StreamedBody body(Duration stall) {
        StreamedBody body = new StreamedBody(stall);
        body.onSubscribe(line);
        return body;
    }

    private static List<ByteBuffer> bytes(int count) {
        return List.of(ByteBuffer.allocate(0), ByteBuffer.wrap(TestImages.bytes(count, count)));
    }

    @Test
    void givesWhatCameAndAsksForAsMuchAsWasRead() throws IOException {
        StreamedBody body = body(Duration.ofMinutes(1));
        long ahead = line.asked;
        body.onNext(bytes(5));
        body.onNext(bytes(7));
        body.onComplete();

        assertThat(body.readNBytes(100)).hasSize(12);
        assertThat(body.read()).isNegative();
        assertThat(line.asked - ahead).isEqualTo(2);
        assertThat(line.cancelled).isFalse();
    }

    @Test
    void aBreakIsNoEnd() throws IOException {
        StreamedBody body = body(Duration.ofMinutes(1));
        body.onNext(bytes(5));
        body.onError(new IOException("gone"));

        assertThat(body.readNBytes(5)).hasSize(5);
        assertThatThrownBy(body::read).hasMessageContaining("cut off: gone");
    }

    /** With a limit of a nanosecond every wait is too long, whatever the machine does. */
    @Test
    void aTrickleIsAStall() {
        StreamedBody body = body(Duration.ofNanos(1));
        body.onNext(bytes(100));

        assertThatThrownBy(body::read).isInstanceOf(HttpTimeoutException.class);
        assertThat(line.cancelled).isTrue();
    }

    @Test
    void aSlowStreamThatMakesHeadwayIsNot() throws IOException {
        StreamedBody body = body(Duration.ofNanos(1));
        body.onNext(bytes(5000));
        body.onNext(bytes(5000));

        assertThat(body.readNBytes(10_000)).hasSize(10_000);
    }

    @Test
    void closingLetsGo() {
        body(Duration.ofMinutes(1)).close();

        assertThat(line.cancelled).isTrue();
    }
}
