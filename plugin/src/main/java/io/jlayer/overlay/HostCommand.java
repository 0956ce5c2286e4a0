// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Interruption;
import io.jlayer.blob.ProgramOutput;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine to its end. */
public final class HostCommand {

    /** For programs that are to read nothing. */
    public static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    private static final int LONGEST_OUTPUT = 256 << 20;
    private static final int LONGEST_COMPLAINT = 64 << 10;

    private HostCommand() {}

    /** Sets what every program of this machine is started with: nothing of the user's or an image's environment. */
    public static void clean(Map<String, String> environment) {
        // podman finds its own files by these.
        String home = environment.get("HOME");
        String runtime = environment.get("XDG_RUNTIME_DIR");
        environment.clear();
        environment.put("PATH", HostPrograms.PATH);
        environment.put("LC_ALL", "C");
        // The newer way of mounting takes no value above 255 bytes, and lists of layers are longer.
        environment.put("LIBMOUNT_FORCE_MOUNT2", "always");
        if (home != null) {
            environment.put("HOME", home);
        }
        if (runtime != null) {
            environment.put("XDG_RUNTIME_DIR", runtime);
        }
    }

    /**
     * Runs the command and gives what it printed.
     *
     * @throws IOException with what it printed if it fails
     */
    public static String run(List<String> command) throws IOException {
        return run(new Ownership.Real(), command, Path.of("/"));
    }

    /**
     * Runs a program that is this user's to set up, with all of the environment that this process has, and gives what it
     * printed.
     *
     * @throws IOException with what it complained of if it fails
     */
    public static String runAsUser(List<String> command) throws IOException {
        return runAsUser(command, Optional.empty());
    }

    /**
     * The same, but killed after {@code limit} with all that it has started.
     *
     * @throws IOException if it fails, or has not ended by then
     */
    public static String runAsUser(List<String> command, Duration limit) throws IOException {
        return runAsUser(command, Optional.of(limit));
    }

    /** Bytes for a program to read. */
    public interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * As {@link #runAsUser(List)}, with something to read. Where that cannot be given as a whole, the program is killed before
     * it could take what it got for all.
     *
     * @throws IOException if it fails, or what it is to read cannot be had
     */
    public static String feedAsUser(List<String> command, Input input) throws IOException {
        Process process = new ProcessBuilder(ProgramWords.ascii(command)).start();
        Printed printed = new Printed(process);
        FedProgram.feed(process, input);
        return printed.whenEnded(command, Optional.empty());
    }

    /**
     * Runs the command with a file to print to.
     *
     * @throws IOException with what it complained of if it fails
     */
    public static void printAsUser(List<String> command, Path file) throws IOException {
        Process process = new ProcessBuilder(ProgramWords.ascii(command))
                .redirectInput(NOTHING)
                .redirectOutput(file.toFile())
                .start();
        new Printed(process).whenEnded(command, Optional.empty());
    }

    private static String runAsUser(List<String> command, Optional<Duration> limit) throws IOException {
        Process process = new ProcessBuilder(ProgramWords.ascii(command))
                .redirectInput(NOTHING)
                .start();
        return new Printed(process).whenEnded(command, limit);
    }

    /** What a program prints until it ends, whatever it has left running. */
    private static final class Printed {

        private final Process process;
        private final ProgramOutput output;
        private final ProgramOutput complaints;

        Printed(Process process) {
            this.process = process;
            this.output = ProgramOutput.of(process.getInputStream(), LONGEST_OUTPUT);
            this.complaints = ProgramOutput.of(process.getErrorStream(), LONGEST_COMPLAINT);
        }

        String whenEnded(List<String> command, Optional<Duration> limit) throws IOException {
            try {
                int status = status(command, limit);
                String said = complaints.text();
                String printed = output.text();
                check(command, status, said.isBlank() ? printed : said);
                if (!output.isWhole()) {
                    throw new IOException(
                            "run " + command.get(0) + ": it printed more than " + LONGEST_OUTPUT + " bytes");
                }
                return printed;
            } catch (InterruptedException e) {
                throw Interruption.of("run " + command.get(0), e);
            } finally {
                // Not before all is read: with a program that is ended, Java closes what is read of it.
                List<ProcessHandle> descendants = process.descendants().toList();
                process.destroyForcibly();
                descendants.forEach(ProcessHandle::destroyForcibly);
            }
        }

        private int status(List<String> command, Optional<Duration> limit) throws IOException, InterruptedException {
            if (limit.isPresent() && !process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("run " + Path.of(command.get(0)).getFileName() + ": it did not end within "
                        + limit.get().toSeconds() + " s");
            }
            return process.waitFor();
        }
    }

    private static void check(List<String> command, int status, String said) throws IOException {
        if (status != 0) {
            throw new IOException("run " + Path.of(command.get(0)).getFileName() + ": "
                    + (said.isBlank() ? "status " + status : said.strip()));
        }
    }

    /** Runs the command in a directory, as one who sees files under this ownership. */
    static String runAs(Ownership ownership, List<String> command, Path directory) throws IOException {
        return run(ownership, ownership.command(command), directory);
    }

    private static String run(Ownership ownership, List<String> command, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProgramWords.ascii(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(NOTHING);
        clean(builder.environment());
        Process process = builder.start();
        try {
            ownership.started(process);
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            check(command, process.waitFor(), output);
            return output;
        } catch (InterruptedException e) {
            throw Interruption.of("run " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
