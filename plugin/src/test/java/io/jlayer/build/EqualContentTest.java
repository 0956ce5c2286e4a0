// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.project.OtherFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.codehaus.plexus.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No layer is made again while its content is the same, whatever became of the files. */
class EqualContentTest {

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void buildOnce() throws IOException {
        application = new SmallApplication(directory);
        application.add(OtherFixture.class);
        application.container = SmallApplication.containerOf(Optional.of("Main"), List.of(), new TreeMap<>());
        application.write("target/classes/a.properties", "a=1");
        application.write("src/main/jlayer/etc/b", "b");
        Path jar = Files.writeString(directory.resolve("lib.jar"), "as good as a jar");
        application.depend("g", "lib", "1", false, jar);
        assertThat(states()).containsOnly("built").hasSize(5);
    }

    private List<String> states() throws IOException {
        return application.build().platforms().get(0).lowestFirst().stream()
                .map(LayerReport::state)
                .toList();
    }

    private void assertNothingIsMade() throws IOException {
        assertThat(states()).containsOnly("reused").hasSize(5);
    }

    @Test
    void touched() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.startsWith(directory.resolve("store")))
                    .toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
        }
        assertNothingIsMade();
    }

    @Test
    void cleanedAndCompiledAgain() throws IOException {
        Path copy = directory.resolve("copy");
        FileUtils.copyDirectoryStructure(application.classes().toFile(), copy.toFile());
        FileUtils.deleteDirectory(application.project.resolve("target").toFile());
        FileUtils.copyDirectoryStructure(copy.toFile(), application.classes().toFile());
        assertNothingIsMade();
    }

    @Test
    void checkedOutElsewhere() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(application.project, elsewhere);
        SmallApplication there = SmallApplication.in(elsewhere);
        there.container = application.container;
        there.classPath.addAll(application.classPath);
        application = there;
        assertNothingIsMade();
    }

    @Test
    void onAnotherBranchAndBack() throws IOException {
        Path properties = application.write("target/classes/a.properties", "a=2");
        assertThat(states()).containsOnlyOnce("built");
        Files.writeString(properties, "a=1");
        assertNothingIsMade();
    }

    @Test
    void replacedByEqualFiles() throws IOException {
        Path jar = directory.resolve("lib.jar");
        Path copy = Files.copy(jar, directory.resolve("copy.jar"));
        Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
        assertNothingIsMade();
    }

    @Test
    void afterAllThatIsKnownOfFilesWasLost() throws IOException {
        FileUtils.deleteDirectory(directory.resolve("store/records/files-v1").toFile());
        assertNothingIsMade();
    }
}
