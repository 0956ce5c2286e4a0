// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.image.Image;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** A program that answers as docker's or podman's does, of what lies in its directory, and notes what it is asked. */
final class FakeEngine {

    private static final String SCRIPT =
            """
            #!/bin/sh
            cd "$(dirname "$0")" || exit 9
            echo "$*" >>asked
            for last; do :; done
            case "$1 $2" in
            "--version ") echo "$(basename "$0") version 1" ;;
            "context inspect") cat address ;;
            "info --format") if [ -f silent ]; then echo "permission denied" >&2; exit 1; fi; echo linux/amd64 ;;
            "save --help") echo "  --uncompressed  Accept uncompressed layers" ;;
            "save "*) if [ -f broken ]; then echo "cannot be saved" >&2; exit 1; fi; cat "saved-$last" ;;
            "image inspect")
              if [ -f silent ]; then echo "permission denied" >&2; exit 1; fi
              case "$4" in *ManifestType*) cat type; exit ;; esac
              cat "id-$last" 2>/dev/null || { echo "Error: No such image: $last" >&2; exit 1; } ;;
            *) echo "unknown command" >&2; exit 2 ;;
            esac
            """;

    private final Path directory;
    private final Path program;

    /** One by the name of {@code docker} or {@code podman}. */
    FakeEngine(Path directory, String name) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        this.directory = Files.createDirectories(directory);
        this.program = Files.writeString(directory.resolve(name), SCRIPT);
        program.toFile().setExecutable(true);
    }

    String program() {
        return program.toString();
    }

    /** Has an image under a name, which is saved as a file has it. */
    FakeEngine with(String name, Digest id, Image image, Path saved) throws IOException {
        boolean podman = program.endsWith("podman");
        String layers =
                image.config().diffIds().stream().map(diffId -> " " + diffId).collect(Collectors.joining());
        say("id-" + name, (podman ? id.hex() : id.toString()) + layers);
        Path copy = directory.resolve("saved-" + (podman ? id.hex() : id.toString()));
        Files.copy(saved, copy, StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    FakeEngine say(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text + "\n");
        return this;
    }

    FakeEngine forget(String file) throws IOException {
        Files.deleteIfExists(directory.resolve(file));
        return this;
    }

    /** What it was asked that begins with a word. */
    List<String> asked(String word) throws IOException {
        Path asked = directory.resolve("asked");
        return !Files.exists(asked)
                ? List.of()
                : Files.readAllLines(asked).stream()
                        .filter(line -> line.startsWith(word))
                        .toList();
    }
}
