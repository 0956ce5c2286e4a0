// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadAheadTest {

    /** Never ends, and counts what was taken of it. */
    private static final class Endless extends InputStream {

        final AtomicLong taken = new AtomicLong();
        final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public int read() {
            taken.incrementAndGet();
            return 1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            taken.addAndGet(length);
            return length;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private static InputStream failing(Throwable failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (128 << 10) - 1, 128 << 10, (128 << 10) + 1, 5_000_000})
    void givesTheSameBytesAndThenTheEndForEver(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        try (ReadAhead ahead = new ReadAhead(new ByteArrayInputStream(bytes))) {
            assertThat(ahead.readAllBytes()).isEqualTo(bytes);
            assertThat(ahead.read()).isEqualTo(-1);
            assertThat(ahead.read(new byte[10])).isEqualTo(-1);
        }
    }

    @Test
    void whatFailsFailsWhereTheBytesEnd() throws IOException {
        for (Throwable failure : new Throwable[] {new IOException("broken"), new IllegalStateException("odd")}) {
            InputStream in = new SequenceInputStream(new ByteArrayInputStream(new byte[300_000]), failing(failure));
            try (ReadAhead ahead = new ReadAhead(in)) {
                assertThat(ahead.readNBytes(2 * (128 << 10))).hasSize(2 * (128 << 10));
                assertThatThrownBy(ahead::readAllBytes).isSameAs(failure);
                assertThatThrownBy(ahead::read).isSameAs(failure);
            }
        }
    }

    @Test
    void doesNotRunAwayAndEndsWhenClosed() throws Exception {
        Endless in = new Endless();
        ReadAhead ahead = new ReadAhead(in);
        assertThat(ahead.read()).isNotNegative();
        Thread.sleep(100);
        assertThat(in.taken).hasValueLessThanOrEqualTo(9L * (128 << 10));
        ahead.close();
        assertThat(in.closed).isTrue();
        long taken = in.taken.get();
        Thread.sleep(50);
        assertThat(in.taken).hasValue(taken);
    }
}
