// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a trial when this process is told to end, by Ctrl-C or a signal, and keeps the process from ending until what the
 * trial needed is removed.
 */
final class TrialEnd implements AutoCloseable {

    private final CountDownLatch removed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "jlayer-trial-stop");
    private volatile TrialProcess running;

    TrialEnd() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what is to be stopped. */
    void stops(TrialProcess trial) {
        running = trial;
    }

    private void end() {
        try {
            TrialProcess trial = running;
            if (trial != null) {
                trial.stop(TrialResult.Ending.STOPPED);
            }
            removed.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        removed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this process is ending, and had only to wait
        }
    }
}
