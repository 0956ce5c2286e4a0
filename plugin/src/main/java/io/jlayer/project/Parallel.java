// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Interruption;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things side by side. */
public final class Parallel {

    /** Fewer files are read sooner than threads are made. */
    private static final int WORTH_READING = 8;

    private Parallel() {}

    /** Work on one thing. */
    public interface Work<T, R> {
        R apply(T thing) throws IOException;
    }

    /**
     * Applies {@code work} to each thing with at most {@code threads} threads, and gives the results in the things' order.
     * The first failure is thrown, once all work that had begun has ended.
     */
    public static <T, R> List<R> map(List<T> things, Work<T, R> work, int threads) throws IOException {
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

    /** Looks at files, and reads those whose digests are not known, with more than one thread where that pays. */
    public static void look(Collection<LocalFile> files) throws IOException {
        List<LocalFile> unknown = new ArrayList<>();
        for (LocalFile file : files) {
            if (!file.isKnown()) {
                unknown.add(file);
            }
        }
        if (unknown.size() < WORTH_READING) {
            return; // it happens by and by
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Iterator<LocalFile> all = unknown.iterator();
        map(Collections.nCopies(threads, all), Parallel::readShare, threads);
    }

    /**
     * Begins to read files in a thread of its own, if none of the project's are known: so that they are read while classes
     * are loaded, and the JVM has compiled its SHA-256, which is slow until then, when it is wanted. What fails here fails
     * again, and is told, when the file is wanted.
     */
    public static void readAhead(List<Path> files, FileDigests digests) {
        if (digests.isEmpty()) {
            Thread thread = new Thread(() -> read(files, digests), "jlayer-read");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void read(List<Path> files, FileDigests digests) {
        for (Path file : files) {
            try {
                digests.of(file);
            } catch (IOException later) {
                return;
            }
        }
    }

    private static Void readShare(Iterator<LocalFile> files) throws IOException {
        for (LocalFile file = next(files); file != null; file = next(files)) {
            file.digest();
        }
        return null;
    }

    private static LocalFile next(Iterator<LocalFile> files) {
        synchronized (files) {
            return files.hasNext() ? files.next() : null;
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws IOException {
        List<R> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<R> future : futures) {
            try {
                if (failure == null) {
                    results.add(future.get());
                } else if (!future.cancel(false)) {
                    future.get();
                }
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                throw Interruption.of("build", e);
            }
        }
        if (failure != null) {
            throw asIoException(failure);
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
