// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.ProgramWords;
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

    /** How a program is reached. */
    interface Reach {
        /** Sends the program a signal; false if there is no program (yet). */
        boolean send(String signal);

        /** Ends what is left when the program has ended; where it is the first of its namespace, the kernel does so. */
        default void endRest() throws IOException {}
    }

    private final Process process;
    private final Reach reach;
    private final String stopSignal;
    private final Duration stopTime;
    private final AtomicReference<TrialResult.Ending> ending = new AtomicReference<>(TrialResult.Ending.EXITED);

    private TrialProcess(Process process, Reach reach, String stopSignal, Duration stopTime) {
        this.process = process;
        this.reach = reach;
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
        Process process = start(command, directory, streams);
        ownership.started(process);
        return of(process, name -> signal(process, name), stopSignal, stopTime);
    }

    /** Starts a program of this machine with a trial's streams. */
    static Process start(List<String> command, Path directory, Streams streams) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProgramWords.ascii(command)).directory(directory.toFile());
        HostCommand.clean(builder.environment());
        if (streams instanceof Streams.Inherited) {
            builder.inheritIO();
        } else if (((Streams.Given) streams).in().isEmpty()) {
            builder.redirectInput(HostCommand.NOTHING);
        }
        return builder.start();
    }

    /** A trial that another program runs, or that has its own way to be sent signals. */
    static TrialProcess of(Process process, Reach reach, String stopSignal, Duration stopTime) {
        return new TrialProcess(process, reach, stopSignal, stopTime);
    }

    Process process() {
        return process;
    }

    /** Why the program ended, as far as it was our doing. */
    TrialResult.Ending ending() {
        return ending.get();
    }

    /** Waits for the end of all; the program's exit code. */
    int waitFor() throws InterruptedException, IOException {
        int exitCode = process.waitFor();
        reach.endRest();
        return exitCode;
    }

    boolean waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the program to end, and ends it if it does not in its time. The first reason given is the one that counts. */
    void stop(TrialResult.Ending reason) throws InterruptedException {
        if (!process.isAlive() || !ending.compareAndSet(TrialResult.Ending.EXITED, reason)) {
            return;
        }
        // A signal that nobody here knows is not sent, and no reason to give the program no time.
        boolean sent = reach.send(stopSignal) || reach.send(StopSignal.DEFAULT);
        if (sent && waitFor(stopTime)) {
            return;
        }
        if (reach.send("KILL") && waitFor(Duration.ofSeconds(5))) {
            return;
        }
        process.destroyForcibly();
    }

    private static boolean signal(Process process, String name) {
        OptionalLong program = program(process);
        return program.isPresent() && signal(program.getAsLong(), name);
    }

    static boolean signal(long pid, String name) {
        try {
            HostCommand.run(
                    List.of(HostPrograms.require("sh"), "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(pid)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process that is number 1 in a process namespace two below ours. */
    private static OptionalLong program(Process process) {
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
