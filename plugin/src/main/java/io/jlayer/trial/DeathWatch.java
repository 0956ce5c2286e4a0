// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a command run when this process dies, however it dies: for what does not die with it by itself. A shell reads from a
 * pipe whose other end only this process has.
 */
final class DeathWatch implements AutoCloseable {

    private final Process shell;

    private DeathWatch(Process shell) {
        this.shell = shell;
    }

    /** What is done while the watch is kept. */
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work; if this process dies meanwhile, the command runs.
     *
     * @throws IOException if the work fails, or there is no shell
     */
    static <T> T during(List<String> command, Work<T> work) throws IOException {
        try (DeathWatch watch = start(command)) {
            T result = work.run();
            watch.end();
            return result;
        }
    }

    private static DeathWatch start(List<String> command) throws IOException {
        // A Ctrl-C is for the trial, not for what sees to its end.
        List<String> words =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP TERM; read -r line || exec \"$@\"", "sh"));
        words.addAll(command);
        return new DeathWatch(new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private void end() {
        try (OutputStream out = shell.getOutputStream()) {
            out.write('\n');
        } catch (IOException e) {
            return; // it has ended already
        }
    }

    /** Without {@link #end}, the command runs now. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
    }
}
