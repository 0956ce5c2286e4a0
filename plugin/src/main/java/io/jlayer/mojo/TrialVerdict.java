// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.error.UserError;
import io.jlayer.report.TrialLines;
import io.jlayer.trial.Readiness;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import java.io.IOException;
import org.apache.maven.plugin.logging.Log;

/**
 * What a trial's end is told as, and means for the build. Maven itself knows two ends only, 0 and 1; the program's own exit
 * code is in the message, and in the file that {@code <diff>} names, which is written first.
 */
final class TrialVerdict {

    private static final int KILLED = 137;
    private static final String ABOVE = "what the program wrote of it, if anything, stands above";

    private final TryParameters trial;
    private final Log log;

    TrialVerdict(TryParameters trial, Log log) {
        this.trial = trial;
        this.log = log;
    }

    void report(TrialResult result, TrialSpec spec) throws IOException {
        new TrialLines(log).show(result);
        if (trial.diff != null) {
            TrialLines.write(result, FileNames.of(trial.diff.getPath()));
        }
        spec.keep()
                .or(spec::resume)
                .ifPresent(name -> log.info("Kept as " + name + ": " + again(name) + " goes on with it"));
    }

    /** A kept trial lies on its image, so that is named too. */
    private String again(String name) {
        String image = trial.image == null ? "" : "-Djlayer.try.image=" + word(trial.image) + " ";
        String engine = trial.engine.equals("auto") ? "" : "-Djlayer.try.engine=" + trial.engine + " ";
        return image + engine + "-Djlayer.try.resume=" + name;
    }

    /** As one word for a shell. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9@%+=:,./_-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** What the program's end means for the build. */
    void judge(TrialResult result) {
        switch (result.ending()) {
            case EXITED -> judgeExit(result.exitCode());
            case OUT_OF_MEMORY ->
                throw new UserError(
                        "the kernel ended the program, since it used more memory than "
                                + (trial.memory == null ? "there is where it ran" : trial.memory),
                        trial.memory == null ? "" : "<try><memory>, or -Djlayer.try.memory",
                        trial.memory == null
                                ? "let it use less, as a JVM by -Xmx, or give the engine's machine more"
                                : "give it more by -Djlayer.try.memory=SIZE, or let it use less, as a JVM by -Xmx");
            case TIMED_OUT ->
                throw new UserError(
                        trial.probe == null
                                ? "the program still ran after " + trial.timeout
                                : trial.probe + " did not answer well within " + trial.timeout,
                        "<try><timeout>, or -Djlayer.try.timeout",
                        (trial.probe == null ? "give it more time; " : inTime(result.refusal())) + ABOVE);
            case READY -> log.info(trial.probe + " answered; the program was stopped then");
            case STOPPED -> {}
        }
    }

    /** More time helps a program that is slow, and none that was asked for what it does not have. */
    private String inTime(String refusal) {
        Readiness probe = Readiness.parse(trial.probe);
        if (refusal.startsWith("status 4")) {
            return "the program is up and answers with " + refusal + " there: name a path that it serves, or tcp://"
                    + probe.place() + ", by -Djlayer.try.probe; ";
        }
        return refusal.isEmpty()
                ? "nothing answered at port " + probe.address().getPort() + ": let the program listen on it, name the"
                        + " port that it does by -Djlayer.try.probe, or give it more time; "
                : "give it more time, since it answers with " + refusal + "; ";
    }

    /** What shells and engines mean by it, and mostly programs too. */
    private static String meaning(int exitCode) {
        return switch (exitCode) {
            case 126 -> ", which mostly means that something may not be executed";
            case 127 -> ", which mostly means that a program was not found";
            case KILLED -> ": it was killed (SIGKILL)";
            case 134 -> ": it gave up (SIGABRT)";
            case 139 -> ": it touched memory that was not its own (SIGSEGV)";
            case 143 -> ": it was told to end (SIGTERM)";
            default -> "";
        };
    }

    private String remedy(int exitCode) {
        if (exitCode != KILLED) {
            return ABOVE;
        }
        return trial.memory == null
                ? "if nobody killed it, the machine may be short of memory: dmesg tells; let the program use less, as a"
                        + " JVM by -Xmx"
                : "if nobody killed it, it wanted more memory than " + trial.memory
                        + ": give it more by -Djlayer.try.memory=SIZE";
    }

    private void judgeExit(int exitCode) {
        if (exitCode != 0) {
            throw new UserError(
                    "the program ended with exit code " + exitCode + meaning(exitCode), "", remedy(exitCode));
        }
        if (trial.probe != null) {
            throw new UserError(
                    "the program ended before " + trial.probe + " answered",
                    "<try><probe>, or -Djlayer.try.probe",
                    "leave the probe out if the program is to end by itself; " + ABOVE);
        }
    }
}
