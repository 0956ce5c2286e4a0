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

    /**
     * Begins to watch.
     *
     * @throws IOException if there is no shell
     */
    static DeathWatch start(List<String> command) throws IOException {
        // A Ctrl-C is for the trial, not for what sees to its end.
        List<String> words =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP TERM; read -r line || exec \"$@\"", "sh"));
        words.addAll(command);
        return new DeathWatch(new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Ends the watch; the command does not run any more. */
    @Override
    public void close() {
        try (OutputStream out = shell.getOutputStream()) {
            out.write('\n');
        } catch (IOException e) {
            shell.destroyForcibly(); // it has ended already
        }
    }
}
