// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.FileNames;
import io.jlayer.overlay.HostCommand;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command-line program of an engine. Where the engine is, it knows by itself.
 *
 * @param path of the program, or its name on the PATH
 */
record EngineProgram(String path) {

    /** Within this time an engine must say who it is, also one that is far away. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    String name() {
        return String.valueOf(Path.of(path).getFileName());
    }

    /** Where the program is, if it is installed. */
    Optional<Path> place() {
        String places = System.getenv("PATH");
        for (String directory : (places == null ? "" : places).split(File.pathSeparator, -1)) {
            for (String suffix : List.of("", ".exe")) {
                Path program = FileNames.of(directory).resolve(path + suffix);
                if (program.isAbsolute() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(place().map(Path::toString).orElse(path));
        command.addAll(List.of(words));
        return command;
    }

    /**
     * What the engine answers, which it must do soon.
     *
     * @throws IOException with what it complained of, or since it is not installed
     */
    String ask(String... words) throws IOException {
        if (place().isEmpty()) {
            throw new IOException("it is not installed");
        }
        return HostCommand.runAsUser(command(words), ANSWER);
    }

    /** The same; empty if it does not know what is asked for. */
    Optional<String> tryAsk(String... words) throws InterruptedIOException {
        try {
            return Optional.of(ask(words).strip());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
