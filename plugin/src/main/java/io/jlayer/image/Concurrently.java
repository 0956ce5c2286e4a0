// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does the same to many things, some at once. */
public final class Concurrently {

    /** What is done to one thing. */
    public interface Work<T, R> {
        R on(T thing) throws IOException;
    }

    private Concurrently() {}

    /** As {@link #call(List, Work, int)}, as many at once as there are processors. */
    public static <T, R> List<R> call(List<T> things, Work<T, R> work) throws IOException {
        return call(things, work, Runtime.getRuntime().availableProcessors());
    }

    /**
     * The results, in the order of the things, of which at most {@code most} are worked on at once. All work has ended when
     * this returns or throws. After the first failure nothing more is begun, and what had begun is interrupted; the failure is
     * thrown as it is, with those that came besides as suppressed.
     *
     * @throws InterruptedIOException if this thread is interrupted, which the work is then too
     */
    public static <T, R> List<R> call(List<T> things, Work<T, R> work, int most) throws IOException {
        if (things.isEmpty()) {
            return List.of();
        } else if (things.size() == 1) {
            return List.of(work.on(things.get(0)));
        }
        int count = Math.min(things.size(), most);
        Shared<T, R> shared = new Shared<>(things, work, count);
        shared.begin(count);
        shared.awaitEnd();
        return shared.results();
    }

    /** What the threads share. */
    private static final class Shared<T, R> implements Runnable {

        private final List<T> things;
        private final Work<T, R> work;
        private final List<R> results = new ArrayList<>();
        private final ExecutorService threads;
        private int begun;
        private Throwable failure;

        Shared(List<T> things, Work<T, R> work, int count) {
            this.things = things;
            this.work = work;
            this.threads = Executors.newFixedThreadPool(count, task -> {
                Thread thread = new Thread(task, "jlayer-concurrently");
                thread.setDaemon(true);
                return thread;
            });
        }

        /** All at once, before one of them can have failed. */
        synchronized void begin(int count) {
            for (int i = 0; i < count; i++) {
                threads.execute(this);
            }
            threads.shutdown();
        }

        /** One thread's share. */
        @Override
        public void run() {
            for (int next = next(); next >= 0; next = next()) {
                try {
                    R result = work.on(things.get(next));
                    succeeded(next, result);
                } catch (IOException | RuntimeException | Error e) {
                    failed(e);
                }
            }
        }

        /** Negative when there is nothing more to do. */
        private synchronized int next() {
            if (failure != null || begun == things.size()) {
                return -1;
            }
            results.add(null);
            return begun++;
        }

        private synchronized void succeeded(int number, R result) {
            results.set(number, result);
        }

        private synchronized void failed(Throwable e) {
            if (failure == null) {
                failure = e;
                threads.shutdownNow();
            } else if (e != failure
                    && !(e instanceof InterruptedIOException || e instanceof ClosedByInterruptException)) {
                failure.addSuppressed(e); // an interruption, which was caused here, tells nobody anything
            }
        }

        /** Waits, interrupted or not, for work that uses what the caller is about to let go of. */
        void awaitEnd() throws InterruptedIOException {
            InterruptedException interrupted = null;
            while (!threads.isTerminated()) {
                try {
                    threads.awaitTermination(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                    interrupted = e;
                    threads.shutdownNow();
                }
            }
            if (interrupted != null) {
                throw Interruption.of(interrupted);
            }
        }

        synchronized List<R> results() throws IOException {
            if (failure instanceof RuntimeException runtime) {
                throw runtime;
            } else if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw (IOException) failure;
            }
            return results;
        }
    }
}
