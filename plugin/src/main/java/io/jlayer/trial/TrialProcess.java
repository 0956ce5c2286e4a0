// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The chain of processes of a running trial. Killing its first kills all, and so does the end of the thread that started it.
 */
final class TrialProcess {

    private final Process process;
    private final String stopSignal;
    private final Duration stopTime;
    private final AtomicReference<TrialResult.Ending> ending = new AtomicReference<>(TrialResult.Ending.EXITED);

    private TrialProcess(Process process, String stopSignal, Duration stopTime) {
        this.process = process;
        this.stopSignal = stopSignal;
        this.stopTime = stopTime;
    }

    /** Starts {@code trial.sh} from the directory that its paths start from. The caller's thread must wait for it. */
    static TrialProcess start(
            Ownership ownership,
            List<String> prefix,
            Path directory,
            Streams streams,
            String stopSignal,
            Duration stopTime)
            throws IOException {
        List<String> chain = new ArrayList<>(List.of(
                HostPrograms.require("unshare"),
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                HostPrograms.require("sh"),
                "../trial.sh"));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(ownership.command(chain));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        HostCommand.clean(builder.environment());
        if (streams instanceof Streams.Inherited) {
            builder.inheritIO();
        } else if (((Streams.Given) streams).in().isEmpty()) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        }
        Process process = builder.start();
        ownership.started(process);
        return new TrialProcess(process, stopSignal, stopTime);
    }

    Process process() {
        return process;
    }

    /** Why the program ended, as far as it was our doing. */
    TrialResult.Ending ending() {
        return ending.get();
    }

    /** Waits for the end of all; the program's exit code. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    boolean waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the program to end, and ends it if it does not in its time. The first reason given is the one that counts. */
    void stop(TrialResult.Ending reason) throws InterruptedException {
        if (!process.isAlive() || !ending.compareAndSet(TrialResult.Ending.EXITED, reason)) {
            return;
        }
        if (signal(stopSignal) && waitFor(stopTime)) {
            return;
        }
        if (signal("KILL") && waitFor(Duration.ofSeconds(5))) {
            return;
        }
        process.destroyForcibly();
    }

    /** Sends the program a signal; false if there is no program (yet). */
    boolean signal(String name) {
        OptionalLong program = program();
        if (program.isEmpty()) {
            return false;
        }
        try {
            HostCommand.run(List.of(
                    HostPrograms.require("sh"),
                    "-c",
                    "kill -s \"$1\" \"$2\"",
                    "sh",
                    name,
                    Long.toString(program.getAsLong())));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process that is number 1 in a process namespace two below ours. */
    OptionalLong program() {
        int own = processNumbers(status("self")).length;
        return process.descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> {
                    List<String> status = status(Long.toString(pid));
                    String[] numbers = processNumbers(status);
                    return numbers.length == own + 2 && numbers[numbers.length - 1].equals("1") && !isNetwork(status);
                })
                .findFirst();
    }

    /** Pasta makes a process namespace for itself too. */
    private static boolean isNetwork(List<String> status) {
        return status.get(0).matches("Name:\\s+(pasta|passt).*");
    }

    private static String[] processNumbers(List<String> status) {
        for (String line : status) {
            if (line.startsWith("NSpid:")) {
                return line.substring("NSpid:".length()).trim().split("\\s+", -1);
            }
        }
        return new String[0];
    }

    private static List<String> status(String pid) {
        try {
            return Files.readAllLines(Path.of("/proc", pid, "status"));
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }
}
