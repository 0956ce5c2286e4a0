// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits for a running trial, while its streams are passed on and what may end it before its time is watched for. */
final class TrialWatch {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);

    private final TrialProcess trial;
    private final TrialSpec spec;
    private final Streams streams;
    /** Takes what is to be said of the end. */
    private final List<String> warnings;

    private final List<Thread> pumps = new ArrayList<>();
    private volatile String refusal = "";

    /** What a watching thread does; it is interrupted when the trial is over. */
    private interface Watch {
        void run() throws IOException, InterruptedException;
    }

    TrialWatch(TrialProcess trial, TrialSpec spec, Streams streams, List<String> warnings) {
        this.warnings = warnings;
        this.trial = trial;
        this.spec = spec;
        this.streams = streams;
    }

    /** The exit code. When it returns, no process of the trial is left. */
    int waitFor() throws IOException {
        List<Thread> watches = new ArrayList<>();
        TerminalInterrupt interrupt = TerminalInterrupt.on(streams, this::interrupted);
        try {
            pump();
            spec.timeout().ifPresent(time -> watches.add(start(() -> stopAfter(time))));
            spec.probe().ifPresent(probe -> watches.add(start(() -> stopWhenReady(probe))));
            int exitCode = trial.waitFor();
            for (Thread pump : pumps) {
                pump.join();
            }
            if (trial.ending() == TrialResult.Ending.TIMED_OUT && !refusal.isEmpty()) {
                warnings.add("the program answered the probe, the last time with " + refusal
                        + "; it counts as ready with a status below 400");
            }
            return exitCode;
        } catch (InterruptedException e) {
            throw Interruption.of("run a trial", e);
        } finally {
            interrupt.close();
            trial.process().destroyForcibly();
            watches.forEach(Thread::interrupt);
        }
    }

    /** What the probe was answered last, if that did not do; empty if nothing answered. */
    String refusal() {
        return refusal;
    }

    /** A shell deals with Ctrl-C itself. */
    private void interrupted() {
        if (!spec.shell()) {
            start(() -> trial.stop(TrialResult.Ending.STOPPED));
        }
    }

    private void stopAfter(Duration time) throws InterruptedException {
        if (!trial.waitFor(time)) {
            trial.stop(TrialResult.Ending.TIMED_OUT);
        }
    }

    private void stopWhenReady(Readiness probe) throws InterruptedException {
        // A question may be lost while the network comes up, and a first answer may take long.
        Duration patience = Duration.ofSeconds(1);
        while (!trial.waitFor(BETWEEN_QUESTIONS)) {
            Readiness.Answer answer = probe.ask(patience);
            if (answer.ready()) {
                trial.stop(TrialResult.Ending.READY);
                return;
            } else if (!answer.text().isEmpty()) {
                refusal = answer.text(); // a program that is being stopped answers no more
            }
            patience = patience.compareTo(LONGEST_PATIENCE) < 0 ? patience.multipliedBy(2) : patience;
        }
    }

    private void pump() {
        if (streams instanceof Streams.Given given) {
            pumps.add(start(() -> copy(trial.process().getInputStream(), given.out())));
            pumps.add(start(() -> copy(trial.process().getErrorStream(), given.err())));
            given.in()
                    .ifPresent(in -> start(() -> {
                        try (OutputStream out = trial.process().getOutputStream()) {
                            copy(in, out);
                        }
                    }));
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        int count;
        while ((count = in.read(buffer)) >= 0) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    private static Thread start(Watch watch) {
        Thread thread = new Thread(
                () -> {
                    try {
                        watch.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException e) {
                        return; // one end of the stream is closed: the trial is over
                    }
                },
                "jlayer-trial");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
