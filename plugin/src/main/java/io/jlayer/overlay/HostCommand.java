// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine to its end, with an environment that holds nothing but PATH. */
public final class HostCommand {

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

    /** Runs a program that is this user's to set up, with all of the environment that this process has. */
    public static String runAsUser(List<String> command) throws IOException {
        return output(ofUser(command), new Ownership.Real(), Optional.empty());
    }

    /**
     * The same, but killed after {@code limit}.
     *
     * @throws IOException if it fails, or has not ended by then
     */
    public static String runAsUser(List<String> command, Duration limit) throws IOException {
        return output(ofUser(command), new Ownership.Real(), Optional.of(limit));
    }

    private static ProcessBuilder ofUser(List<String> command) {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"));
    }

    /** Runs the command in a directory, as one who sees files under this ownership. */
    static String runAs(Ownership ownership, List<String> command, Path directory) throws IOException {
        return run(ownership, ownership.command(command), directory);
    }

    private static String run(Ownership ownership, List<String> command, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        clean(builder.environment());
        return output(builder, ownership, Optional.empty());
    }

    private static String output(ProcessBuilder builder, Ownership ownership, Optional<Duration> limit)
            throws IOException {
        List<String> command = builder.command();
        Process process = builder.start();
        if (limit.isPresent()) {
            process.onExit()
                    .orTimeout(limit.get().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> {
                        process.destroyForcibly();
                        return process;
                    });
        }
        try {
            ownership.started(process);
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("run " + Path.of(command.get(0)).getFileName() + ": "
                        + (output.isBlank() ? "status " + status : output.strip()));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("run " + command.get(0) + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
