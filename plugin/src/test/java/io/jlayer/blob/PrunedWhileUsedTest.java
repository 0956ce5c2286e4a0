// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that use a store, and others that remove all that nobody uses, as fast as they can. */
class PrunedWhileUsedTest {

    private static final int MILLIS = 6000;

    @TempDir
    Path directory;

    private Path root;
    private final Random random = new Random(20_261_126);

    @BeforeEach
    void makeStore() throws IOException {
        root = directory.resolve("store");
        Store.open(root).close();
    }

    private Process start(String what, int millis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreUserProcess.class.getName(),
                        what,
                        root.toString(),
                        "" + random.nextInt(),
                        "" + millis)
                .redirectErrorStream(true)
                .start();
    }

    private static int done(Process process, String what) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(said).matches(what + " \\d+\n");
        assertThat(process.waitFor()).isZero();
        return Integer.parseInt(said.strip().substring(what.length() + 1));
    }

    @Test
    void whatAProcessFoundStaysUntilItEnds() throws Exception {
        List<Process> users = new ArrayList<>();
        List<Process> prunes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            users.add(start("use", MILLIS));
        }
        for (int i = 0; i < 2; i++) {
            prunes.add(start("prune", MILLIS));
        }
        int found = 0;
        for (Process process : users) {
            found += done(process, "use");
        }
        int removed = 0;
        for (Process process : prunes) {
            removed += done(process, "prune");
        }
        // Else they never met.
        assertThat(found).isPositive();
        assertThat(removed).isPositive();
    }

    @Test
    void killedOnesStandInNobodysWay() throws Exception {
        List<Process> users = List.of(start("use", MILLIS), start("use", MILLIS));
        for (int round = 0; round < 8; round++) {
            Process killed = start(round % 2 == 0 ? "prune" : "use", MILLIS);
            Thread.sleep(200 + random.nextInt(300));
            killed.destroyForcibly().waitFor();
        }
        for (Process process : users) {
            done(process, "use");
        }
        done(start("prune", 1), "prune");
        assertThat(StoreContent.of(root).blobs(Set.of())).isEmpty();
        assertThat(StoreContent.of(root).drafts()).isEmpty();
    }
}
