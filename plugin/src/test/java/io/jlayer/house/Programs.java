// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Other people's programs, for tests that want to know what they think. */
public final class Programs {

    private Programs() {}

    /** Skips the test, saying why, where a program is not installed. */
    public static void assumeInstalled(String program) {
        boolean found = Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(found, program + " is not installed");
    }

    /** Runs a program in a directory, and gives what it says. */
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }

    /** Runs a class of the tests' class path in a Java of its own. */
    public static String runJava(Path javaHome, List<String> options, Class<?> main, String... args)
            throws IOException, InterruptedException {
        return runJava(javaHome, Map.of(), options, main, args);
    }

    /** The same in another locale: the name of one, as {@code C}. */
    public static String runJavaIn(String locale, Path javaHome, Class<?> main, String... args)
            throws IOException, InterruptedException {
        return runJava(javaHome, Map.of("LC_ALL", locale), List.of(), main, args);
    }

    private static String runJava(
            Path javaHome, Map<String, String> environment, List<String> options, Class<?> main, String... args)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(main.getSimpleName() + " failed on " + javaHome);
        }
        return said;
    }
}
