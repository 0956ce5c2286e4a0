// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a small program: gives it a line, reads what it says, and does not wait for ever. */
final class Program {

    private static final int LONGEST = 1 << 20;

    private Program() {}

    /** What a program said, and how it ended. */
    static final class Output {

        private final int exitCode;
        private final byte[] bytes;

        Output(int exitCode, byte[] bytes) {
            this.exitCode = exitCode;
            this.bytes = bytes;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] bytes() {
            return bytes;
        }

        String text() {
            return new String(bytes, UTF_8);
        }
    }

    /**
     * Runs a program; what it says on the error stream is read, so that it never waits for a reader, and dropped.
     *
     * @throws ProgramException if it could not be started, or was ended when its time was up
     */
    static Output run(List<String> command, Map<String, String> environment, String input, Duration limit)
            throws IOException, ProgramException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ProgramException("it cannot be started");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> read(process.getInputStream(), said), "jlayer-program");
        reader.setDaemon(true);
        reader.start();
        try {
            write(process, input);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProgramException("it did not end within " + limit.toMillis() + " ms");
            }
            // A child that it left behind may keep the pipe open; what it says is of no interest.
            reader.join(1000);
            synchronized (said) {
                return new Output(process.exitValue(), said.toByteArray());
            }
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // It does not listen; then its answer will tell.
        }
    }

    private static void read(InputStream from, ByteArrayOutputStream to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (to) {
                    to.write(buffer, 0, Math.min(count, LONGEST - to.size()));
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }
}
