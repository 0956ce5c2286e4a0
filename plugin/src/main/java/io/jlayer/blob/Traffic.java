// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.Closeable;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes on their way from and to other places, counted for who wants to show how they get on. Safe for many threads. */
public final class Traffic {

    private final Map<Way, Counts> counts = new EnumMap<>(Way.class);

    /** Where bytes go. */
    public enum Way {
        /** From elsewhere to here. */
        PULL,
        /** From here to elsewhere. */
        PUSH
    }

    private static final class Counts {
        final AtomicLong expected = new AtomicLong();
        final AtomicLong moved = new AtomicLong();
        final AtomicInteger transfers = new AtomicInteger();
    }

    public Traffic() {
        for (Way way : Way.values()) {
            counts.put(way, new Counts());
        }
    }

    /** Says that so many bytes are going to move; fewer than none if some that were expected need not move after all. */
    public void expect(Way way, long bytes) {
        counts.get(way).expected.addAndGet(bytes);
    }

    /** Begins to move something; to be closed when it is there, or given up. */
    public Transfer begin(Way way) {
        return new Transfer(counts.get(way));
    }

    /** Bytes that were to move up to now, as far as anybody said; at least those that did. */
    public long expected(Way way) {
        return Math.max(counts.get(way).expected.get(), moved(way));
    }

    /** Bytes that moved up to now. */
    public long moved(Way way) {
        return counts.get(way).moved.get();
    }

    /** Whether anything is on its way. */
    public boolean isMoving(Way way) {
        return counts.get(way).transfers.get() > 0;
    }

    /** One thing on its way. For one thread. */
    public static final class Transfer implements Closeable {

        private final Counts counts;
        private long moved;
        private boolean closed;

        private Transfer(Counts counts) {
            this.counts = counts;
            counts.transfers.incrementAndGet();
        }

        /** So many more bytes moved. */
        public void moved(long bytes) {
            moved += bytes;
            counts.moved.addAndGet(bytes);
        }

        /** All that moved was in vain, and has to move once more. */
        public void startOver() {
            moved(-moved);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                counts.transfers.decrementAndGet();
            }
        }
    }
}
