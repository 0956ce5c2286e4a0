// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sees that a trial leaves no mount and no process behind. */
final class Leftovers {

    private final Path directory;

    private Leftovers(Path directory) {
        this.directory = directory;
    }

    /** Watches for what has to do with this directory, or is a child of this process. */
    static Leftovers before(Path directory) {
        return new Leftovers(directory);
    }

    void check() throws IOException {
        assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
                .noneMatch(line -> line.contains(directory.toString()));
        List<String> children = ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(child -> child.pid() + " " + child.info().commandLine().orElse("?"))
                .toList();
        assertThat(children).isEmpty();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            assertThat(processes.filter(this::isWithin)).isEmpty();
        }
    }

    private boolean isWithin(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory);
        } catch (IOException e) {
            return false; // no process, or another's
        }
    }
}
