// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer as a stream that does not wait for ever: it fails when nothing came for a while, or so little that
 * it would never end. Only time spent waiting for the network counts, so a slow reader does no harm. For one reader.
 */
final class StreamedBody extends InputStream implements BodySubscriber<InputStream> {

    /** Parts that may wait to be read; one is 16 KiB. */
    private static final int AHEAD = 8;

    /** Fewer bytes in the time of a stall are a stall. */
    private static final int TRICKLE = 4096;

    /** What the network says: bytes, or the end with or without a reason. */
    private record Part(List<ByteBuffer> buffers, boolean last, Throwable failure) {}

    private final long stallNanos;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<InputStream> self = CompletableFuture.completedFuture(this);
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.Subscription subscription;
    private boolean ended;
    private long waited;
    private long came;

    StreamedBody(Duration stall) {
        this.stallNanos = stall.toNanos();
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return self;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part(buffers, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (current.isEmpty() || !current.peek().hasRemaining()) {
            current.poll();
            if (current.isEmpty() && !fill()) {
                return -1;
            }
        }
        ByteBuffer buffer = current.peek();
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        Part part = await();
        if (part.last()) {
            ended = true;
            if (part.failure() != null) {
                throw new IOException(
                        "the answer was cut off: " + part.failure().getMessage(), part.failure());
            }
            return false;
        }
        subscription.request(1);
        current.addAll(part.buffers());
        came += part.buffers().stream().mapToInt(ByteBuffer::remaining).sum();
        checkHeadway();
        return true;
    }

    private Part await() throws IOException {
        long begin = System.nanoTime();
        Part part;
        try {
            part = parts.poll(stallNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        waited += System.nanoTime() - begin;
        if (part == null) {
            throw stalled();
        }
        return part;
    }

    /** Called after each time that the waits add up to a stall. */
    private void checkHeadway() throws IOException {
        if (waited <= stallNanos) {
            return;
        }
        if (came < TRICKLE) {
            throw stalled();
        }
        waited = 0;
        came = 0;
    }

    private HttpTimeoutException stalled() {
        close();
        return new HttpTimeoutException(
                "no bytes came for " + Duration.ofNanos(stallNanos).toMillis() + " ms, or fewer than " + TRICKLE);
    }

    @Override
    public void close() {
        Flow.Subscription open = subscription;
        if (!ended && open != null) {
            open.cancel();
        }
        ended = true;
        current.clear();
    }
}
