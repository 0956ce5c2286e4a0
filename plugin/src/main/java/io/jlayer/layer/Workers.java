// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that pack blocks of layers, and the bound on how many blocks are in memory at once, for all layers together:
 * so memory depends on the number of processors and never on the size or number of layers.
 *
 * <p>Safe for many threads. Closing lets no new block in and ends the threads.
 */
public final class Workers implements AutoCloseable {

    private final ExecutorService threads;
    private final Semaphore room;

    /** One thread for each of {@code processors}, and room for two blocks each. */
    public Workers(int processors) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(processors, task -> {
            Thread thread = new Thread(task, "jlayer-pack-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        room = new Semaphore(2 * processors);
    }

    <T> Future<T> submit(Callable<T> task) {
        return threads.submit(task);
    }

    /** Takes room for a block if there is some now. */
    boolean tryTakeRoom() {
        return room.tryAcquire();
    }

    /** Waits for room; only for callers that hold none, else all could wait for each other. */
    void takeRoom() throws InterruptedException {
        room.acquire();
    }

    void giveRoomBack() {
        room.release();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
