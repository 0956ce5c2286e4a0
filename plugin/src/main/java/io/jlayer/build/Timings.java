// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the parts of a build took. For the one thread that leads it. */
final class Timings {

    private final Map<String, Duration> timings = new LinkedHashMap<>();

    /** Adds the time since {@code start}, as {@link System#nanoTime} told it, to {@code phase}'s. */
    void add(String phase, long start) {
        Duration before = timings.getOrDefault(phase, Duration.ZERO);
        timings.put(phase, before.plusNanos(System.nanoTime() - start));
    }

    /** By phase, in the order in which they began. */
    Map<String, Duration> byPhase() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
