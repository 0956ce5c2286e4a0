// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things, some at a time. */
final class SideBySide {

    private SideBySide() {}

    /** Work on one thing. */
    interface Work<T> {
        void on(T thing) throws IOException;
    }

    /** Works on all things with at most {@code threads} threads; the first failure ends the work on all others. */
    static <T> void run(List<T> things, int threads, Work<T> work) throws IOException {
        if (things.isEmpty()) {
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, things.size()), task -> {
            Thread thread = new Thread(task, "jlayer-push");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Object> service = new ExecutorCompletionService<>(executor);
            List<Future<Object>> futures = new ArrayList<>();
            for (T thing : things) {
                futures.add(service.submit(() -> {
                    work.on(thing);
                    return null;
                }));
            }
            for (int ended = 0; ended < futures.size(); ended++) {
                service.take().get();
            }
        } catch (ExecutionException e) {
            throw asIoException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            executor.shutdownNow();
        }
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
