// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlayer:prune}, as users call it. */
class PruneIT {

    private static final String PRUNE = MavenRun.goal("prune");
    private static final String NOW = "-Djlayer.prune.olderThan=0";

    @TempDir
    Path directory;

    private Path store;
    private MavenRun maven;

    @BeforeEach
    void build() throws Exception {
        store = directory.resolve("store");
        maven = new MavenRun(MavenRun.copyExample("hello", directory.resolve("hello")), store);
        maven.run("package", MavenRun.goal("build"), "-Djlayer.from=scratch");
    }

    private String digest() throws Exception {
        return Files.readString(directory.resolve("hello/target/jlayer/image.digest"));
    }

    private long blobs() throws Exception {
        try (Stream<Path> blobs = Files.list(store.resolve("blobs/sha256"))) {
            return blobs.count();
        }
    }

    @Test
    void whatAProjectHasStaysAndWhatNobodyHasGoes() throws Exception {
        String digest = digest();
        assertThat(maven.run(PRUNE)).contains("in images of projects").contains("Freed 0 B");
        assertThat(maven.run(PRUNE, NOW)).containsPattern("blobs +\\d+ +[\\d.]+ kB +0 ");
        assertThat(blobs()).isPositive();

        assertThat(maven.run("clean", PRUNE, NOW, "-Djlayer.prune.dryRun")).contains("Would free");
        assertThat(blobs()).isPositive();
        assertThat(maven.run(PRUNE, "-Djlayer.prune.keep=10GB")).contains("Freed 0 B");
        assertThat(maven.run(PRUNE, NOW)).containsPattern("Freed [\\d.]+ kB, 0 B stay");
        assertThat(blobs()).isZero();

        maven.run("package", MavenRun.goal("build"), "-Djlayer.from=scratch");
        assertThat(digest()).isEqualTo(digest);
    }

    @Test
    void mistakesAreToldAndRemoveNothing() throws Exception {
        assertThat(maven.fail(PRUNE, "-Djlayer.prune.olderThen=0"))
                .contains("there is no setting 'jlayer.prune.olderThen'")
                .contains("did you mean jlayer.prune.olderThan?");
        assertThat(maven.fail(PRUNE, "-Djlayer.prune.olderThan=30")).contains("write 30d or 30h");
        Path project = directory.resolve("hello");
        assertThat(new MavenRun(project, project).fail(PRUNE, NOW)).contains("there is no store in " + project);
        assertThat(project.resolve("pom.xml")).exists();
        assertThat(blobs()).isPositive();
    }
}
