// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.ImageValidator;
import io.jlayer.image.RawImage;
import io.jlayer.layout.LayoutDirectory;
import io.jlayer.oci.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are killed, and builds of one project at once: whatever comes of them, the next one is right. */
class KilledBuildTest {

    private static final int KILLS = 12;

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void application() throws IOException {
        application = new SmallApplication(directory);
        Random random = new Random(5);
        for (int number = 0; number < 40; number++) {
            byte[] content = new byte[200_000];
            random.nextBytes(content);
            Path file = application.project.resolve("src/main/jlayer/data/" + number);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildProcess.class.getName(),
                        application.project.toString(),
                        application.from)
                .redirectErrorStream(true)
                .start();
    }

    /** What the same project gives where nobody disturbs. */
    private Digest expected() throws IOException {
        Path elsewhere = directory.resolve("undisturbed");
        SmallApplication undisturbed = new SmallApplication(elsewhere);
        Files.createDirectories(undisturbed.filesForRoot().getParent());
        Files.createSymbolicLink(undisturbed.filesForRoot(), application.filesForRoot());
        return undisturbed.build().image().root().digest();
    }

    private void whatIsThereIsSound() throws IOException {
        try (RawImage image = LayoutDirectory.open(application.output().resolve("image"), Optional.empty())) {
            assertThat(new ImageValidator(image.blobs()).validate(image.root())).isEmpty();
        }
    }

    /** Odd rounds find a layout of another image in place, which must stay whole until it is replaced. */
    @Test
    void aKilledBuildDoesNoHarm() throws Exception {
        long seed = 20_261_124;
        Random random = new Random(seed);
        Digest expected = expected();
        for (int round = 0; round < KILLS; round++) {
            boolean another = round % 2 == 1;
            if (another) {
                application.write("src/main/jlayer/round", "" + round);
                application.build();
                Files.delete(application.filesForRoot().resolve("round"));
            }
            Process process = start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                assertThat(out.readLine()).isEqualTo("begins");
                process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
            if (Files.exists(application.output().resolve("image/index.json"))) {
                whatIsThereIsSound();
            } else {
                assertThat(another).as("seed %d, round %d", seed, round).isFalse();
            }
            assertThat(application.build().image().root().digest())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
            whatIsThereIsSound();
        }
    }

    @Test
    void buildsOfOneProjectAtOnceAllGiveTheSame() throws Exception {
        Digest expected = expected();
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            processes.add(start());
        }
        for (Process process : processes) {
            assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                    .contains("built " + expected)
                    .doesNotContain("Exception");
            assertThat(process.waitFor()).isZero();
        }
        whatIsThereIsSound();
        assertThat(application.output().resolve("image.digest")).hasContent(expected.toString());
        assertThat(application.visible().keySet()).noneMatch(file -> file.endsWith(".tmp"));
    }

    @Test
    void buildsOfDifferentImagesAtOnceLeaveOneOfThemWhole() throws Exception {
        for (int round = 0; round < 3; round++) {
            application.write("src/main/jlayer/round", "" + round);
            Process one = start();
            application.write("src/main/jlayer/round", "other " + round);
            Process two = start();
            one.getInputStream().readAllBytes();
            two.getInputStream().readAllBytes();
            whatIsThereIsSound();
        }
    }
}
