// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrentlyTest {

    @Test
    void givesResultsInTheOrderOfTheThings() throws IOException {
        assertThat(Concurrently.call(List.of(1, 2, 3, 4, 5, 6), number -> number * 2))
                .containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(Concurrently.call(List.<Integer>of(), number -> number)).isEmpty();
    }

    @Test
    void failuresAreThrownAsTheyAre() {
        AtomicInteger begun = new AtomicInteger();
        for (Throwable failure :
                List.of(new IOException("a"), new IllegalStateException("b"), new AssertionError("c"))) {
            assertThatThrownBy(() -> Concurrently.call(List.of(1, 2, 3), number -> {
                        begun.incrementAndGet();
                        throw fail(failure);
                    }))
                    .isSameAs(failure);
        }
        assertThat(begun).hasPositiveValue();
    }

    private static IOException fail(Throwable failure) {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        }
        return (IOException) failure;
    }

    @Test
    void theFirstFailureEndsTheRest() {
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch slow = new CountDownLatch(1);
        assertThatThrownBy(() -> Concurrently.call(
                        List.of(1, 2, 3, 4, 5, 6),
                        number -> {
                            begun.incrementAndGet();
                            if (number == 1) {
                                slow.countDown();
                                interrupted.set(isInterrupted());
                                throw new IOException("of the slow one");
                            }
                            await(slow);
                            throw new IOException("of the quick one");
                        },
                        2))
                .hasMessage("of the quick one")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                IOException.class, other -> assertThat(other).hasMessage("of the slow one")));
        assertThat(begun).hasValue(2);
        assertThat(interrupted).isTrue();
    }

    private static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    /** Waits for it, for longer than any machine takes. */
    private static boolean isInterrupted() {
        try {
            Thread.sleep(60_000);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void allWorkHasEndedWhenAnInterruptIsTold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(-1);
        AtomicBoolean told = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                Concurrently.call(List.of(1, 2, 3), number -> stubborn(begun, working));
            } catch (InterruptedIOException e) {
                told.set(Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                told.set(false);
            }
            left.set(working.get());
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();

        assertThat(told).isTrue();
        assertThat(left).hasValue(0);
    }

    /** Ends only some time after it was interrupted. */
    private static int stubborn(CountDownLatch begun, AtomicInteger working) {
        working.incrementAndGet();
        begun.countDown();
        boolean interrupted = false;
        for (int i = 0; i < 20; i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        working.decrementAndGet();
        return interrupted ? 1 : 0;
    }
}
