// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same to many things, as many at once as there are processors. */
public final class Concurrently {

    /** What is done to one thing. */
    public interface Work<T, R> {
        R on(T thing) throws IOException;
    }

    private Concurrently() {}

    /** The results, in the order of the things. All work has ended when this returns or throws. */
    public static <T, R> List<R> call(List<T> things, Work<T, R> work) throws IOException {
        if (things.size() == 1) {
            return List.of(work.on(things.get(0)));
        }
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T thing : things) {
                futures.add(threads.submit(() -> work.on(thing)));
            }
            List<R> results = new ArrayList<>();
            IOException failure = null;
            for (Future<R> future : futures) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    failure = failure == null ? asIo(e.getCause()) : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static IOException asIo(Throwable failure) {
        return failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
    }
}
