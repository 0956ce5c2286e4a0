// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things side by side. */
final class Parallel {

    private Parallel() {}

    /** Work on one thing. */
    interface Work<T, R> {
        R apply(T thing) throws IOException;
    }

    /**
     * Applies {@code work} to each thing with at most {@code threads} threads, and gives the results in the things' order.
     * The first failure is thrown, once all work that had begun has ended.
     */
    static <T, R> List<R> map(List<T> things, Work<T, R> work, int threads) throws IOException {
        if (things.isEmpty()) {
            return List.of();
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, things.size()), task -> {
            Thread thread = new Thread(task, "jlayer-work");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> futures = new ArrayList<>();
            things.forEach(thing -> futures.add(executor.submit(() -> work.apply(thing))));
            return results(futures);
        } finally {
            executor.shutdownNow();
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws IOException {
        List<R> results = new ArrayList<>();
        IOException failure = null;
        for (Future<R> future : futures) {
            try {
                if (failure == null) {
                    results.add(future.get());
                } else if (!future.cancel(false)) {
                    future.get();
                }
            } catch (ExecutionException e) {
                failure = failure == null ? asIoException(e.getCause()) : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("the build was interrupted").initCause(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static IOException asIoException(Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        } else if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }
}
