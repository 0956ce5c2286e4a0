// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the parts of a build took. For the one thread that leads it. */
final class Timings {

    private final Map<String, Duration> timings = new LinkedHashMap<>();

    /** Work that gives something. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work and adds its time to {@code phase}'s. */
    <T> T measure(String phase, Work<T> work) throws IOException {
        long start = System.nanoTime();
        try {
            return work.run();
        } finally {
            add(phase, start);
        }
    }

    /** Adds the time since {@code start}, as {@link System#nanoTime} told it, to {@code phase}'s. */
    void add(String phase, long start) {
        timings.merge(phase, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    }

    /** By phase, in the order in which they began. */
    Map<String, Duration> byPhase() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
