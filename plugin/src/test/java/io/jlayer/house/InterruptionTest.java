// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Work that was cancelled ends in one way, so that nobody takes it for a failure that another way may go round. */
class InterruptionTest {

    private static final Path MAIN = Path.of("src/main/java");

    /** A failure in plain words, or the right one made by hand, which forgets the thread's flag sooner or later. */
    private static final Pattern BY_HAND =
            Pattern.compile("new IOException\\([^;]*interrupted[^;]*;|new InterruptedIOException\\(");

    private static final String PLACE = "Interruption.java";

    @Test
    void interruptionsAreMadeInOnePlace() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.getFileName().toString().equals(PLACE))
                            .filter(InterruptionTest::isByHand))
                    .isEmpty();
        }
    }

    private static boolean isByHand(Path file) {
        try {
            return BY_HAND.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
