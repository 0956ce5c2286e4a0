// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same to many things, as many at once as there are processors. */
public final class Concurrently {

    /** What is done to one thing. */
    public interface Work<T, R> {
        R on(T thing) throws IOException;
    }

    private Concurrently() {}

    /**
     * The results, in the order of the things. All work has ended when this returns or throws: the first failure is thrown as
     * it is, with those of work that had begun as suppressed, and what had not begun is not done.
     *
     * @throws InterruptedIOException if this thread is interrupted, which the work is then too
     */
    public static <T, R> List<R> call(List<T> things, Work<T, R> work) throws IOException {
        if (things.isEmpty()) {
            return List.of();
        } else if (things.size() == 1) {
            return List.of(work.on(things.get(0)));
        }
        int most = Math.min(things.size(), Runtime.getRuntime().availableProcessors());
        ExecutorService threads = Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, "jlayer-concurrently");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T thing : things) {
                futures.add(threads.submit(() -> work.on(thing)));
            }
            return results(futures);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws IOException {
        List<R> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<R> future : futures) {
            try {
                if (failure != null) {
                    future.cancel(false);
                }
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = with(failure, e.getCause());
            } catch (InterruptedException e) {
                throw Interruption.of(e);
            } catch (CancellationException e) {
                // it had not begun, because of the failure
            }
        }
        if (failure != null) {
            throw thrown(failure);
        }
        return results;
    }

    private static Throwable with(Throwable first, Throwable next) {
        if (first != null && first != next) {
            first.addSuppressed(next);
        }
        return first == null ? next : first;
    }

    private static IOException thrown(Throwable failure) {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        }
        return (IOException) failure;
    }

    /** Waits, interrupted or not, for work that uses what the caller is about to let go of. */
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
