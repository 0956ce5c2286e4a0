// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Real Maven on a real project, with the plugin as it was just built. What differs from one run to the next (the JDK, the
 * user, the environment) is said by the caller.
 */
final class MavenRun {

    private static final String PLUGIN = "io.jlayer:jlayer-maven-plugin:" + property("version");

    private final Path project;
    private final Path store;
    private final List<String> prefix = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private String servers = "";

    /** Runs in {@code project}, with layers in {@code store}. */
    MavenRun(Path project, Path store) {
        this.project = project;
        this.store = store;
    }

    /** A program and its arguments that Maven is to be run by. */
    MavenRun by(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    MavenRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Adds a {@code <server>} to Maven's settings. */
    MavenRun server(String id, String user, String password) {
        servers += "<server><id>" + id + "</id><username>" + user + "</username><password>" + password
                + "</password></server>";
        return this;
    }

    /** The name of a goal of this build's own plugin. */
    static String goal(String name) {
        return PLUGIN + ":" + name;
    }

    /** Runs phases and goals, and gives what Maven said; fails if Maven does. */
    String run(String... arguments) throws IOException, InterruptedException {
        return run(true, arguments);
    }

    /** The same where Maven is to fail. */
    String fail(String... arguments) throws IOException, InterruptedException {
        return run(false, arguments);
    }

    private String run(boolean succeeds, String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if ((process.waitFor() == 0) != succeeds) {
            throw new AssertionError(String.join(" ", arguments) + (succeeds ? " failed: " : " did not fail: ") + said);
        }
        return said;
    }

    /** Runs phases and goals while the caller does something else. */
    Running start(String... arguments) throws IOException {
        return new Running(process(arguments));
    }

    private Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(property("maven"), "bin", "mvn").toString());
        command.addAll(List.of(
                "--batch-mode", "--no-transfer-progress", "-s", settings().toString()));
        command.add("-Dmaven.repo.local=" + property("repository"));
        command.add("-Djlayer.store=" + store);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Maven at work. The launcher script becomes the JVM, so that what happens to the process happens to Maven. */
    static final class Running {

        private final Process process;
        private final BufferedReader said;

        private Running(Process process) {
            this.process = process;
            this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        }

        void waitForLine(String wanted) throws IOException {
            List<String> lines = new ArrayList<>();
            String line;
            while ((line = said.readLine()) != null) {
                lines.add(line);
                if (line.contains(wanted)) {
                    return;
                }
            }
            throw new AssertionError("Maven ended without saying '" + wanted + "': " + lines);
        }

        /** Waits a moment; false if Maven ended. */
        boolean goesOn() throws InterruptedException {
            return !process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        /** As {@code kill -9}. */
        void kill() throws IOException {
            process.toHandle().destroyForcibly(); // the process itself would close what we read, too
            awaitSilence();
        }

        /** As a CI does that has waited long enough. */
        void stop() throws IOException {
            process.toHandle().destroy();
            awaitSilence();
        }

        /** The trial's processes hold Maven's output as long as there are any. */
        private void awaitSilence() throws IOException {
            said.transferTo(Writer.nullWriter());
        }
    }

    /** The settings of the other integration tests, with what Maven's invoker would put in. */
    private Path settings() throws IOException {
        String url = Path.of(property("downloads")).toUri().toString();
        Path file = project.resolve("settings.xml");
        return Files.writeString(
                file,
                Files.readString(Path.of(property("settings")))
                        .replace("@localRepositoryUrl@", url)
                        .replace("</settings>", "<servers>" + servers + "</servers></settings>"));
    }

    /** Copies one of the examples, without what earlier builds left in it. */
    static Path copyExample(String name, Path to) throws IOException {
        Path from = Path.of(property("examples"), name);
        copy(from, to);
        return to;
    }

    /** Copies a directory; {@code target} directories of the example itself stay behind. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                boolean left = directory.getFileName().toString().equals("target")
                        && Files.exists(directory.resolveSibling("pom.xml"))
                        && from.startsWith(Path.of(property("examples")));
                if (left) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String property(String name) {
        return System.getProperty("jlayer." + name);
    }
}
