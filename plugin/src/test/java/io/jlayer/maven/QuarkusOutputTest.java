// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.project.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarkusOutputTest {

    @TempDir
    Path target;

    private MavenProject project(String plugin) {
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().setDirectory(target.toString());
        Plugin added = new Plugin();
        added.setGroupId("io.quarkus.platform");
        added.setArtifactId(plugin);
        model.getBuild().addPlugin(added);
        return new MavenProject(model);
    }

    private Path left(String file, String... record) throws IOException {
        Path path = target.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        Files.write(target.resolve("quarkus-artifact.properties"), List.of(record));
        return path;
    }

    private Runner found() throws IOException {
        return QuarkusOutput.of(project("quarkus-maven-plugin")).orElseThrow();
    }

    @Test
    void aFastJarIsADirectoryOfItsOwn() throws IOException {
        Path start = left("quarkus-app/quarkus-run.jar", "path=quarkus-app/quarkus-run.jar", "type=jar");
        assertThat(found()).isEqualTo(new Runner(start.getParent(), start, List.of(start.getParent()), false));
    }

    @Test
    void anUberJarIsAFile() throws IOException {
        Path start = left("shop-1-runner.jar", "path=shop-1-runner.jar", "type=jar");
        assertThat(found()).isEqualTo(new Runner(target, start, List.of(start), false));
    }

    @Test
    void aLegacyJarHasItsLibrariesBesideIt() throws IOException {
        Path libraries = Files.createDirectory(target.resolve("lib"));
        Path start = left(
                "shop-1-runner.jar",
                "path=shop-1-runner.jar",
                "metadata.library-dir=" + libraries.toString().replace("\\", "\\\\"),
                "type=jar");
        assertThat(found()).isEqualTo(new Runner(target, start, List.of(start, libraries), false));
    }

    @Test
    void aNativeExecutableNeedsNoJava() throws IOException {
        Path start = left("shop-1-runner", "path=shop-1-runner", "type=native");
        assertThat(found()).isEqualTo(new Runner(target, start, List.of(start), true));
    }

    @Test
    void whatAnotherBuildLeftCountsForNothingWithoutThePlugin() throws IOException {
        left("quarkus-app/quarkus-run.jar", "path=quarkus-app/quarkus-run.jar", "type=jar");
        assertThat(QuarkusOutput.of(project("maven-jar-plugin"))).isEmpty();
    }

    @Test
    void withoutARecordOrItsFileNothingWasPackaged() throws IOException {
        assertThat(QuarkusOutput.of(project("quarkus-maven-plugin"))).isEmpty();
        Files.delete(left("quarkus-app/quarkus-run.jar", "path=quarkus-app/quarkus-run.jar", "type=jar"));
        assertThat(QuarkusOutput.of(project("quarkus-maven-plugin"))).isEmpty();
    }

    @Test
    void aDirectoryThatIsNamedInARoundaboutWayIsNotTakenAsAWhole() throws IOException {
        Path start = left("shop-1-runner.jar", "path=shop-1-runner.jar", "type=jar");
        MavenProject project = project("quarkus-maven-plugin");
        project.getBuild()
                .setDirectory(target.resolve("../" + target.getFileName()).toString());
        assertThat(QuarkusOutput.of(project)).contains(new Runner(target, start, List.of(start), false));
    }

    @Test
    void nothingOutsideOrOfOurOwnIsTaken() throws IOException {
        Path outer = target;
        target = Files.createDirectory(outer.resolve("target"));
        for (String jar : List.of("../x.jar", "../other/x.jar", "jlayer/x.jar")) {
            left(jar, "path=" + jar, "type=jar");
            assertThat(QuarkusOutput.of(project("quarkus-maven-plugin"))).isEmpty();
        }
        for (String libraries : List.of("", "jlayer", "..", "../other")) {
            Path start = left("shop-1-runner.jar", "path=shop-1-runner.jar", "metadata.library-dir=" + libraries);
            assertThat(found().parts()).containsExactly(start);
        }
    }

    @Test
    void whereAnImageWasMadeAsWellTheRecordNamesNoJar() throws IOException {
        Path start = left("quarkus-app/quarkus-run.jar", "type=jar-container");
        assertThat(found().start()).isEqualTo(start);
    }
}
