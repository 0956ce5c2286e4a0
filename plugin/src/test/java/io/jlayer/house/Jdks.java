// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JDKs that are installed where the tests run. */
public final class Jdks {

    private Jdks() {}

    /** The Java that this runs on. */
    public static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    /** All other JDKs of this machine that are new enough, each once. */
    public static List<Path> others() throws IOException {
        Path own = own().toRealPath();
        Stream<Path> installed = Stream.empty();
        if (Files.isDirectory(Path.of("/usr/lib/jvm"))) {
            try (Stream<Path> list = Files.list(Path.of("/usr/lib/jvm"))) {
                installed = list.toList().stream();
            }
        }
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME_"))
                .map(Map.Entry::getValue)
                .map(Path::of);
        return Stream.concat(installed, named)
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .map(Jdks::real)
                .filter(home -> !home.equals(own) && isRecent(home))
                .distinct()
                .sorted()
                .toList();
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this Java can run classes for 17. */
    private static boolean isRecent(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                    .anyMatch(version -> Integer.parseInt(version) >= 17);
        } catch (IOException e) {
            return false;
        }
    }
}
