// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.execution.MavenExecutionRequest;

/** Whether somebody sits in front of Maven and looks. */
public final class Terminal {

    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private Terminal() {}

    /**
     * Whether a line may be drawn over itself: on a terminal, where neither {@code -B} nor {@code -ntp} nor a CI says that
     * nothing is to move, and no other module writes between.
     */
    public static boolean mayMove(MavenExecutionRequest request, Map<String, String> environment) {
        return mayMove(request, environment, OUTPUT);
    }

    /** As the link of a process to its output says; where there are none, Java's console does. */
    public static boolean mayMove(MavenExecutionRequest request, Map<String, String> environment, Path output) {
        return request.isInteractiveMode()
                && request.getDegreeOfConcurrency() <= 1
                && !isQuiet(request)
                && environment.getOrDefault("CI", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && isTerminal(output);
    }

    /** Maven says {@code -ntp} by nothing but who listens to its own downloads. */
    private static boolean isQuiet(MavenExecutionRequest request) {
        return request.getTransferListener() != null
                && request.getTransferListener().getClass().getSimpleName().startsWith("Quiet");
    }

    private static boolean isTerminal(Path output) {
        try {
            String out = Files.readSymbolicLink(output).toString();
            return out.startsWith("/dev/pts/") || out.startsWith("/dev/tty") || out.equals("/dev/console");
        } catch (IOException notLinux) {
            return isTerminal(System.console());
        }
    }

    /** Up to Java 21 there is a console only on a terminal; from 22 on it says itself what it is. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal(Console console) {
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
