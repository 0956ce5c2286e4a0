// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Interruption;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does many things, some at a time, while more may come. The first failure ends the work on all others. */
final class SideBySide implements Closeable {

    private final ExecutorService executor;
    private int pending;
    private Throwable failure;

    /** Something to do. */
    interface Task {
        void run() throws IOException;
    }

    /** Work on one thing. */
    interface Work<T> {
        void on(T thing) throws IOException;
    }

    SideBySide(int threads) {
        executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "jlayer-push");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Works on all things with at most {@code threads} threads. */
    static <T> void run(List<T> things, int threads, Work<T> work) throws IOException {
        try (SideBySide sides = new SideBySide(Math.max(1, Math.min(threads, things.size())))) {
            things.forEach(thing -> sides.begin(() -> work.on(thing)));
            sides.await();
        }
    }

    /** Sees to it that something is done; what fails is told by {@link #check} and {@link #await}. */
    synchronized void begin(Task task) {
        if (failure == null && !executor.isShutdown()) {
            pending++;
            executor.execute(() -> work(task));
        }
    }

    private void work(Task task) {
        Throwable why = null;
        try {
            task.run();
        } catch (IOException | RuntimeException | Error e) {
            why = e;
        }
        ended(why);
    }

    private synchronized void ended(Throwable why) {
        pending--;
        if (failure == null && why != null) {
            failure = why;
            executor.shutdownNow();
        }
        notifyAll();
    }

    /**
     * Waits until all that was begun is done.
     *
     * @throws IOException why the first failed that did
     */
    synchronized void await() throws IOException {
        try {
            while (pending > 0 && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            throw Interruption.of(e);
        }
        check();
    }

    /**
     * Looks whether something failed up to now.
     *
     * @throws IOException why
     */
    synchronized void check() throws IOException {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (IOException) failure;
        }
    }

    /** Ends all work, done or not. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
