// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.http.Events;
import io.jlayer.http.FinalException;
import io.jlayer.http.RefusalException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries again what may fare better later, with pauses that grow and are left to chance, so that many who failed at once do
 * not come back at once. Bounded in number and in time.
 */
final class Retries {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** A registry that wants to be left alone for longer is not waited for. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    /** A name that nobody knows is a slip of the pen, or the network is away. */
    private static final int MOST_FOR_UNKNOWN_HOSTS = 2;

    private final Pace pace;
    private final Events events;
    private final AtomicInteger count = new AtomicInteger();

    Retries(Pace pace, Events events) {
        this.pace = pace;
        this.events = events;
    }

    /** What may fail. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Runs the action until it succeeds, fails for good, or failed {@code attempts} times. */
    <T> T run(int attempts, Action<T> action) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.run();
            } catch (IOException e) {
                if (!isPassing(e)) {
                    throw e;
                }
                int most = isUnknownHost(e) ? Math.min(attempts, MOST_FOR_UNKNOWN_HOSTS) : attempts;
                Optional<Duration> pause = attempt < most ? pause(attempt, e) : Optional.empty();
                if (pause.isEmpty()) {
                    throw attempt == 1 ? e : afterAttempts(attempt, e);
                }
                count.incrementAndGet();
                events.debug(e.getMessage() + "; trying again in " + pause.get().toMillis() + " ms (attempt "
                        + (attempt + 1) + " of " + most + ")");
                pace.sleeper().sleep(pause.get());
            }
        }
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** Whether trying again may help. */
    static boolean isPassing(IOException e) {
        if (e instanceof RefusalException refusal) {
            return refusal.passing();
        }
        return !(e instanceof FinalException
                || e instanceof DamagedBlobException
                || e instanceof InterruptedIOException);
    }

    /** How long to wait; nothing if that is too long. */
    private Optional<Duration> pause(int attempt, IOException e) {
        Optional<Duration> asked = e instanceof RefusalException refusal ? refusal.retryAfter() : Optional.empty();
        if (asked.isPresent() && asked.get().compareTo(LONGEST_ASKED) > 0) {
            return Optional.empty();
        }
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 16));
        Duration random = Duration.ofMillis((long) (most * pace.chance().getAsDouble()));
        return Optional.of(asked.map(random::plus).orElse(random));
    }

    private static IOException afterAttempts(int attempts, IOException e) {
        String message = e.getMessage() + " (after " + attempts + " attempts)";
        return e instanceof RefusalException refusal ? refusal.saying(message) : new IOException(message, e);
    }

    /** Says in one line how often something was tried again since this was last asked, if ever. */
    void summarize(String what) {
        int retries = count.getAndSet(0);
        if (retries > 0) {
            events.info(what + ": " + retries + (retries == 1 ? " request was" : " requests were") + " tried again");
        }
    }
}
