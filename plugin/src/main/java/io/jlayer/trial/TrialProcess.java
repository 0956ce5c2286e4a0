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

    /** Starts {@code outer.sh} from the directory that its paths start from. The caller's thread must wait for it. */
    static TrialProcess start(
            Ownership ownership, Path directory, Streams streams, String stopSignal, Duration stopTime)
            throws IOException {
        List<String> chain = new ArrayList<>(List.of(
                HostPrograms.require("unshare"),
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                HostPrograms.require("sh"),
                "../outer.sh"));
        ProcessBuilder builder = new ProcessBuilder(ownership.command(chain)).directory(directory.toFile());
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
        int own = processNumbers("self").length;
        return process.descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> {
                    String[] numbers = processNumbers(Long.toString(pid));
                    return numbers.length == own + 2 && numbers[numbers.length - 1].equals("1");
                })
                .findFirst();
    }

    private static String[] processNumbers(String pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
                if (line.startsWith("NSpid:")) {
                    return line.substring("NSpid:".length()).trim().split("\\s+", -1);
                }
            }
        } catch (IOException e) {
            return new String[0]; // it has ended
        }
        return new String[0];
    }
}
