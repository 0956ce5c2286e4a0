// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jlayer.blob.PruneReport;
import io.jlayer.blob.PruneRule;
import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.error.UserError;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RawImage;
import io.jlayer.layout.LayoutDirectory;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds give the same image whatever is removed before them and while they work. */
class PrunedWhileBuiltTest {

    private static final PruneRule ALL = new PruneRule(Optional.of(Duration.ZERO), OptionalLong.empty());

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void application() throws IOException {
        application = new SmallApplication(directory);
        application.write("src/main/jlayer/data", "some data");
    }

    private Digest build() throws IOException {
        try (var store = application.store()) {
            return application.build(store).image().root().digest();
        }
    }

    private PruneReport prune() throws IOException {
        return new StorePruning(directory.resolve("store"), warning -> {}).run(ALL);
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.walk(application.output())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theImageOfAProjectTakesNothingFromTheNextBuild() throws IOException {
        Digest image = build();
        PruneReport report = prune();
        assertThat(report.gone(Kind.BLOBS).count()).isZero();
        assertThat(report.staying(Kind.BLOBS, Hold.LINKED).count()).isPositive();
        assertThat(report.gone(Kind.RECORDS).count()).isPositive();
        Files.deleteIfExists(application.output().resolve("last-build"));
        assertThat(build()).isEqualTo(image);
    }

    @Test
    void aPrunedStoreGivesTheSameImage() throws IOException {
        Digest image = build();
        clean();
        assertThat(prune().gone(Kind.BLOBS).count()).isPositive();
        try (Stream<Path> blobs = Files.list(directory.resolve("store/blobs/sha256"))) {
            assertThat(blobs).isEmpty();
        }
        assertThat(build()).isEqualTo(image);
    }

    @Test
    void whatIsNoStoreIsRefusedAndNotMade() throws IOException {
        for (Path place : List.of(application.project, directory.resolve("nothing"))) {
            UserError error = catchThrowableOfType(UserError.class, () -> new StorePruning(place, warning -> {}));
            assertThat(error).hasMessageContaining("there is no store in " + place);
        }
        assertThat(directory.resolve("nothing")).doesNotExist();
    }

    @Test
    void buildsAndPruningsAtOnce() throws Exception {
        Digest expected = build();
        for (int round = 0; round < 3; round++) {
            clean();
            List<Process> builds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                builds.add(start());
            }
            int prunings = 0;
            while (builds.stream().anyMatch(Process::isAlive)) {
                prune();
                prunings++;
                TimeUnit.MILLISECONDS.sleep(3);
            }
            assertThat(prunings).isGreaterThan(1);
            for (Process process : builds) {
                assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("begins\nbuilt " + expected + "\n");
            }
            try (RawImage image = LayoutDirectory.open(application.output().resolve("image"), Optional.empty())) {
                assertThat(new ImageValidator(image.blobs()).validate(image.root()))
                        .isEmpty();
            }
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
}
