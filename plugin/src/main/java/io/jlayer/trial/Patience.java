// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.time.Duration;

/** A time that several things may take all together, and that is running. */
final class Patience {

    private final long end;

    private Patience(long end) {
        this.end = end;
    }

    static Patience of(Duration time) {
        return new Patience(System.nanoTime() + time.toNanos());
    }

    /** What is left of it; zero if it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
