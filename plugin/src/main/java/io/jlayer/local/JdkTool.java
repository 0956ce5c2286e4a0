// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.Interruption;
import io.jlayer.blob.ProgramOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of a JDK, run in a process of its own since the JDK may be another than the one that runs Maven.
 *
 * <p>It sees nothing of the user's environment: options for Java in there, or a language, could change what it gives.
 */
record JdkTool(Path program) {

    /** Linking takes seconds; a machine under heavy load may need many of them. */
    private static final long MINUTES = 10;

    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_COMPLAINT = 2000;

    /** A small virtual machine for a short life: half the processor time of the usual one. */
    private static final List<String> MACHINE = List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1", "-J-Xmx1g");

    /**
     * Runs the program and gives what it printed.
     *
     * @param directory where it runs; names in {@code arguments} can be relative to it and so be in any script
     * @throws IOException if it fails, with what it said; if it does not end; or if this thread is interrupted
     */
    String run(Path directory, List<String> arguments) throws IOException {
        Process process = start(directory, arguments);
        try {
            ProgramOutput output = ProgramOutput.of(process.getInputStream(), LONGEST_ANSWER);
            int status = await(process);
            String said = output.text().strip();
            if (status != 0) {
                throw failure("it ended with status " + status + ": " + shortened(said));
            }
            return said;
        } catch (InterruptedException e) {
            throw Interruption.of("run " + program, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(MACHINE);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private int await(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            throw failure("it did not end within " + MINUTES + " minutes");
        }
        return process.exitValue();
    }

    private IOException failure(String cause) {
        return new IOException("run " + program + ": " + cause);
    }

    private static String shortened(String said) {
        if (said.isEmpty()) {
            return "it did not say why";
        }
        return said.length() <= LONGEST_COMPLAINT ? said : said.substring(0, LONGEST_COMPLAINT) + " …";
    }
}
