// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a connection brings, for who does not wait for ever: for an answer to begin there is a time; a body that has begun
 * fails when nothing comes for a while, or so little that it would never end. Only time spent waiting for the network
 * counts, so a slow reader does no harm. For one thread.
 */
final class PatientInput extends BulkInputStream {

    /** Fewer bytes in the time of a stall are a stall. */
    private static final int TRICKLE = 4096;

    private final InputStream in;
    private final Timeout timeout;
    private final long stallNanos;
    private boolean hasDeadline;
    private long deadline;
    private Duration limit;
    private long waited;
    private long came;

    /** Sets for how long the next read may block, in milliseconds, at least one. */
    interface Timeout {
        void set(int millis) throws SocketException;
    }

    PatientInput(InputStream in, Timeout timeout, Duration stall) {
        this.in = in;
        this.timeout = timeout;
        this.stallNanos = stall.toNanos();
        this.limit = stall;
    }

    /** What comes now is to be all here before {@code given} has passed. */
    void expectWithin(Duration given) {
        hasDeadline = true;
        limit = given;
        deadline = System.nanoTime() + given.toNanos();
    }

    /** What comes now may take as long as it comes. */
    void expectFlow() {
        hasDeadline = false;
        waited = 0;
        came = 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long begin = System.nanoTime();
        long most = hasDeadline ? deadline - begin : stallNanos;
        if (most <= 0) {
            throw tooLate();
        }
        timeout.set((int) Math.min(Integer.MAX_VALUE, Math.max(1, most / 1_000_000)));
        int count;
        try {
            count = in.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
            throw hasDeadline ? tooLate() : stalled();
        }
        if (!hasDeadline && count > 0) {
            waited += System.nanoTime() - begin;
            came += count;
            checkHeadway();
        }
        return count;
    }

    /** Called after each time that the waits add up to a stall. */
    private void checkHeadway() throws StalledException {
        if (waited <= stallNanos) {
            return;
        }
        if (came < TRICKLE) {
            throw stalled();
        }
        waited = 0;
        came = 0;
    }

    private StalledException tooLate() {
        return StalledException.withoutAnswer(limit);
    }

    private StalledException stalled() {
        return new StalledException(
                "no bytes came for " + Duration.ofNanos(stallNanos).toMillis() + " ms, or fewer than " + TRICKLE);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
