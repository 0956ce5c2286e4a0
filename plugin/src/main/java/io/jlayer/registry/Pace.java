// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time, as far as it is asked for: what it is, how it is passed, and by which chance.
 *
 * @param clock says when tokens end
 * @param sleeper passes it
 * @param chance from 0 to 1
 */
record Pace(Clock clock, Sleeper sleeper, DoubleSupplier chance) {

    static final Pace REAL = new Pace(
            Clock.systemUTC(), Pace::sleep, () -> ThreadLocalRandom.current().nextDouble());

    /** Lets time pass. */
    interface Sleeper {
        void sleep(Duration pause) throws IOException;
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }
}
