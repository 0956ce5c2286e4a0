// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads the head of an answer while another thread still sends: who refuses something large says so before it is all there,
 * and may take no more of it. A thread of its own does that, since over TLS only who reads knows what came. It ends with the
 * head, or with the connection.
 */
final class EarlyAnswer {

    /** Who sends is told at its next block; if that does not go, the way out is shut. */
    private static final long GRACE_MILLIS = 200;

    private final Way way;
    private Optional<ResponseHead> head = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private boolean sent;

    /** The connection, as far as it concerns this. */
    interface Way {
        /** Waits for as long as it takes. */
        ResponseHead read() throws IOException;

        /** Makes whoever is sending fail; what came can still be read. */
        void shutOutput() throws IOException;
    }

    private EarlyAnswer(Way way) {
        this.way = way;
    }

    /** Begins to read; until {@link #await} returned, nobody else may. */
    static EarlyAnswer on(Way way) {
        EarlyAnswer answer = new EarlyAnswer(way);
        Thread thread = new Thread(answer::listen, "jlayer-answer");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private void listen() {
        try {
            hear();
            stopSending();
        } catch (IOException | InterruptedException e) {
            // Then the connection is gone already.
        }
    }

    private void hear() {
        try {
            ResponseHead read = way.read();
            synchronized (this) {
                head = Optional.of(read);
            }
        } catch (IOException e) {
            synchronized (this) {
                failure = Optional.of(e);
            }
        }
    }

    private synchronized void stopSending() throws IOException, InterruptedException {
        notifyAll();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        for (long left = GRACE_MILLIS; !sent && left > 0; left = millisTo(deadline)) {
            wait(left);
        }
        if (!sent) {
            way.shutOutput();
        }
    }

    /** Whether it came, or the connection ended. */
    synchronized boolean hasCome() {
        return head.isPresent() || failure.isPresent();
    }

    /** Nothing is sent any more. */
    synchronized void ended() {
        sent = true;
        notifyAll();
    }

    /** Waits for it. */
    synchronized ResponseHead await(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (long left = millisTo(deadline); !hasCome(); left = millisTo(deadline)) {
                if (left <= 0) {
                    throw StalledException.withoutAnswer(limit);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return head.orElseThrow();
    }

    /** Rounded up, so that nothing is left only when it is over. */
    private static long millisTo(long deadline) {
        return Math.floorDiv(deadline - System.nanoTime() + 999_999, 1_000_000L);
    }
}
