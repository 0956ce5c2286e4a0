// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Queue<GzipBlock> idleBlocks = new ConcurrentLinkedQueue<>();
    private final Queue<Packer> idlePackers = new ConcurrentLinkedQueue<>();

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

    /** An empty block, if there is room for one now, else null. */
    GzipBlock tryTakeBlock() {
        return room.tryAcquire() ? idleBlock() : null;
    }

    /** An empty block, as soon as there is room; only for callers that hold none, else all could wait for each other. */
    GzipBlock takeBlock() throws InterruptedException {
        room.acquire();
        return idleBlock();
    }

    private GzipBlock idleBlock() {
        GzipBlock idle = idleBlocks.poll();
        return idle == null ? new GzipBlock() : idle;
    }

    /** Takes a block back that nobody uses any more. */
    void giveBack(GzipBlock block) {
        block.clear();
        idleBlocks.add(block);
        room.release();
    }

    /** As {@link #giveBack}, for a block that a thread may still be at work on. */
    void giveUp() {
        room.release();
    }

    /** Packs a block in this thread. */
    void pack(GzipBlock block, int level, byte[] before) {
        Packer idle = idlePackers.poll();
        Packer packer = idle != null && idle.level() == level ? idle : new Packer(level);
        if (idle != null && idle != packer) {
            idle.close();
        }
        block.pack(packer, before);
        idlePackers.add(packer);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (Packer idle = idlePackers.poll(); idle != null; idle = idlePackers.poll()) {
            idle.close();
        }
    }
}
