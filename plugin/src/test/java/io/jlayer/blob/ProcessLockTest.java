// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks against threads, processes, and the same class in another realm of this process. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessLockTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("lock");
    }

    /** A lock that the same class has taken, loaded a second time as Maven does it for another realm. */
    private static AutoCloseable takenByAnother(Path file) throws Exception {
        URL[] places = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(ProcessLockTest::url)
                .toArray(URL[]::new);
        @SuppressWarnings("resource") // what it loaded is used
        ClassLoader realm = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
        Class<?> other = realm.loadClass(ProcessLock.class.getName());
        assertThat(other).isNotEqualTo(ProcessLock.class);
        return (AutoCloseable) other.getMethod("take", Path.class).invoke(null, file);
    }

    private static URL url(String place) {
        try {
            return Path.of(place).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThreadAtATimeHasIt() throws Exception {
        try (ProcessLock lock = ProcessLock.take(file)) {
            assertThat(lock.isShared()).isTrue();
            assertThat(ProcessLock.tryTake(file)).isEmpty();
        }
        Optional<ProcessLock> free = ProcessLock.tryTake(file);
        assertThat(free).isPresent();
        free.get().close();
    }

    @Test
    void whoWaitsForAThreadCanBeInterrupted() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (ProcessLock lock = ProcessLock.take(file)) {
            assertThat(lock.isShared()).isTrue();
            Thread waiting = new Thread(() -> {
                try {
                    ProcessLock.take(file).close();
                    told.complete(null);
                } catch (IOException e) {
                    told.complete(e);
                }
            });
            waiting.start();
            waiting.interrupt();
            assertThat(told.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        }
        ProcessLock.take(file).close();
    }

    @Test
    void anotherRealmOfThisProcessIsWaitedFor() throws Exception {
        AutoCloseable other = takenByAnother(file);
        assertThat(ProcessLock.tryTake(file)).isEmpty();
        CompletableFuture<ProcessLock> waiting = CompletableFuture.supplyAsync(this::take);
        Thread.sleep(100);
        assertThat(waiting).isNotDone();
        other.close();
        waiting.get(30, TimeUnit.SECONDS).close();
        Optional<ProcessLock> free = ProcessLock.tryTake(file);
        assertThat(free).isPresent();
        free.get().close();
    }

    @Test
    void aLookAtTheLockOfAnotherRealmDoesNotGiveItAway() throws Exception {
        try (AutoCloseable other = takenByAnother(file)) {
            assertThat(other).isNotNull();
            assertThat(ProcessLock.tryTake(file)).isEmpty();
            assertThat(isFreeForOtherProcesses()).isFalse();
        }
        assertThat(isFreeForOtherProcesses()).isTrue();
    }

    private boolean isFreeForOtherProcesses() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Look.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        return process.waitFor() == 0;
    }

    /** Another process, which succeeds if it gets the lock. */
    static final class Look {

        private Look() {}

        public static void main(String[] args) throws IOException {
            System.exit(ProcessLock.tryTake(Path.of(args[0])).isPresent() ? 0 : 1);
        }
    }

    private ProcessLock take() {
        try {
            return ProcessLock.take(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCannotBeOpenedIsNotHeld() throws Exception {
        Path below = directory.resolve("none/lock");
        for (int i = 0; i < 2; i++) {
            assertThat(CompletableFuture.supplyAsync(() -> {
                                try {
                                    return ProcessLock.take(below);
                                } catch (IOException e) {
                                    return e;
                                }
                            })
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class);
        }
        Files.createDirectory(below.getParent());
        ProcessLock.take(below).close();
    }

    @Test
    void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        AutoCloseable other = takenByAnother(file);
        CompletableFuture<Exception> end = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                ProcessLock.take(file).close();
                end.complete(new IllegalStateException("got it"));
            } catch (IOException e) {
                end.complete(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        assertThat(isFreeForOtherProcesses()).isFalse();
        other.close();
        ProcessLock.take(file).close();
    }
}
