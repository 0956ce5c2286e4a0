// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.build.SmallApplication;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileEntry;
import io.jlayer.project.ClassFacts;
import io.jlayer.project.FilePatterns;
import io.jlayer.project.OtherFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own classes and resources: which of them, and when they are a jar. */
class OwnJarTest {

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void application() throws IOException {
        application = new SmallApplication(directory);
    }

    private BuildPlan plan() throws IOException {
        Store store = application.store();
        ImagePlanner planner = new ImagePlanner(
                application.application(),
                application.settings(),
                store,
                FileDigests.open(store, application.project),
                application.warnings::add,
                application.hints::add);
        return planner.plan(ClassFacts.of(planner.classFiles(), true, store.records("classes-v2")));
    }

    private void jar(String groupId, String artifactId, String version, boolean module) throws IOException {
        Path file = directory.resolve(artifactId + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry(artifactId + "/a"));
        }
        application.depend(groupId, artifactId, version, module, file);
    }

    private void packagedAs(String manifest) throws IOException {
        application.jar = directory.resolve("shop.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(application.jar))) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.write(("Manifest-Version: 1.0\n" + manifest).getBytes(UTF_8));
        }
    }

    /** What the jar of the project's own classes holds; the names in their order. */
    private List<String> ownJar() throws IOException {
        FileEntry.Regular jar = (FileEntry.Regular) plan().lowestFirst().stream()
                .filter(layer -> layer.origin().equals("classes"))
                .findFirst()
                .orElseThrow()
                .spec()
                .entries()
                .get(0);
        List<String> names = new ArrayList<>();
        try (JarInputStream in = new JarInputStream(jar.content().open())) {
            names.add(String.valueOf(in.getManifest().getMainAttributes().getValue("Implementation-Version")));
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }

    @Test
    void classesMayBeAJarWithThePackagedManifest() throws IOException {
        packagedAs("Implementation-Version: 4.2\n");
        application.write("target/classes/a.properties", "a=1");
        application.classes = OwnClasses.JAR;
        assertThat(plan().describe())
                .isEqualTo(
                        """
                        from scratch for [linux/amd64]
                        launch       class path, 1 entries
                        classes      classes, 1 entries
                        runs java -cp @/app/classpath io.jlayer.project.StartedFixture
                        """);
        assertThat(ownJar()).containsExactly("4.2", "a.properties", "io/jlayer/project/StartedFixture.class");
    }

    @Test
    void classesInSeveralVersionsAreAJarSinceTheJvmChoosesThereOnly() throws IOException {
        application.write("target/classes/META-INF/versions/21/a/B.class", "");
        packagedAs("");
        assertThat(plan().describe()).contains("classes      classes, 2 entries");
        packagedAs("Multi-Release: true\n");
        assertThat(ownJar()).contains("META-INF/versions/21/a/B.class");
        application.classes = OwnClasses.FILES;
        assertThat(plan().describe()).contains("classes      classes, 2 entries");
    }

    @Test
    void aDependencysMainClassFindsWhatTheManifestTellsIt() throws IOException {
        application.manifestEntries.put("Main-Verticle", "a.Verticle");
        application.mainClass = Optional.of("io.jlayer.project.StartedFixture");
        assertThat(plan().describe()).contains("classes      classes, 1 entries");
        assertThat(classesLayer()).isEqualTo("/app/classes/io/jlayer/project/StartedFixture.class");

        jar("a", "launcher", "1", false);
        application.mainClass = Optional.of("a.Launcher");
        assertThat(classesLayer()).isEqualTo("/app/classes.jar");
        packagedAs("Implementation-Version: 4.2\n");
        assertThat(ownManifest().getValue("Main-Verticle")).isEqualTo("a.Verticle");
        assertThat(ownManifest().getValue("Main-Class")).isEqualTo("a.Launcher");
        assertThat(ownManifest().getValue("Implementation-Version")).isEqualTo("4.2");

        application.classes = OwnClasses.FILES;
        assertThat(classesLayer()).isEqualTo("/app/classes/io/jlayer/project/StartedFixture.class");
    }

    @Test
    void anAgentThatOnlyTheJarStartsIsWarnedOf() throws IOException {
        application.manifestEntries.put("Launcher-Agent-Class", "a.Agent");
        plan();
        assertThat(application.warnings)
                .singleElement()
                .asString()
                .contains("Launcher-Agent-Class a.Agent", "-javaagent");
    }

    /** The packaged jar, with the compiled class, if it is to be there, and one more. */
    private void packagedWith(String manifest, String own, String more) throws IOException {
        application.jar = directory.resolve("shop.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(application.jar))) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.write(("Manifest-Version: 1.0\n" + manifest).getBytes(UTF_8));
            jar.putNextEntry(new ZipEntry(own + "io/jlayer/project/StartedFixture.class"));
            jar.putNextEntry(new ZipEntry(more));
        }
    }

    @Test
    void classesThatWereHiddenInThePackagedJarAreWarnedOf() throws IOException {
        application.mainClass = Optional.of("io.jlayer.project.StartedFixture");
        application.add(OtherFixture.class);
        packagedWith("", "", "a/a.class");
        plan();
        assertThat(application.warnings)
                .singleElement()
                .asString()
                .contains("OtherFixture.class", "<classes>packaged</classes>", "<classes>files</classes>");

        application.warnings.clear();
        application.classes = OwnClasses.FILES;
        plan();
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void classesAtOtherPlacesOrOfLaterAreNotTakenForHidden() throws IOException {
        Path later = application.add(OtherFixture.class);
        application.mainClass = Optional.of("io.jlayer.project.StartedFixture");
        packagedWith("", "BOOT-INF/classes/", "BOOT-INF/classes/io/jlayer/project/OtherFixture.class");
        plan();
        packagedWith("", "WEB-INF/classes/", "a/a.class");
        plan();
        packagedWith("", "", "a/a.class");
        Files.setLastModifiedTime(later, FileTime.from(Instant.now().plusSeconds(60)));
        plan();
        Files.writeString(application.jar, "no jar");
        plan();
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void theClassesMayBeThoseOfThePackagedJar() throws IOException {
        application.mainClass = Optional.of("io.jlayer.project.StartedFixture");
        application.add(OtherFixture.class);
        packagedWith("Implementation-Version: 4.2\n", "", "a/a.class");
        application.classes = OwnClasses.PACKAGED;
        assertThat(ownJar()).containsExactly("4.2", "a/a.class", "io/jlayer/project/StartedFixture.class");
        assertThat(classesLayer()).isEqualTo("/app/classes.jar");
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void onlyAJarWithTheClassesInItsRootIsTakenAsPackaged() throws IOException {
        application.classes = OwnClasses.PACKAGED;
        assertThatExceptionOfType(UserError.class).isThrownBy(this::plan).withMessageContaining("no packaged jar");
        packagedWith("Start-Class: io.jlayer.project.StartedFixture\n", "BOOT-INF/classes/", "a");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::plan)
                .withMessageContaining("by its launcher alone");
    }

    private FileEntry.Regular classes() throws IOException {
        return (FileEntry.Regular) plan().lowestFirst().stream()
                .filter(layer -> layer.origin().equals("classes"))
                .findFirst()
                .orElseThrow()
                .spec()
                .entries()
                .get(0);
    }

    private String classesLayer() throws IOException {
        return classes().path().toString();
    }

    private Attributes ownManifest() throws IOException {
        try (JarInputStream in = new JarInputStream(classes().content().open())) {
            return in.getManifest().getMainAttributes();
        }
    }

    @Test
    void aJarHoldsWhatLinksLeadTo() throws IOException {
        application.write("shared/one.txt", "1");
        application.write("shared/more/two.txt", "2");
        Path classes = application.classes();
        Files.createSymbolicLink(classes.resolve("linked.txt"), application.project.resolve("shared/one.txt"));
        Files.createSymbolicLink(classes.resolve("all"), application.project.resolve("shared"));
        application.classes = OwnClasses.JAR;
        assertThat(ownJar())
                .containsExactly(
                        "null",
                        "all/more/two.txt",
                        "all/one.txt",
                        "io/jlayer/project/StartedFixture.class",
                        "linked.txt");
        Files.createSymbolicLink(application.project.resolve("shared/again"), application.project.resolve("shared"));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::plan)
                .withMessageContaining("a link cannot be followed into a jar")
                .withMessageContaining("<classes>files</classes>");
    }

    @Test
    void whatThePackagedJarLeavesOutIsNotThere() throws IOException {
        application.add(OtherFixture.class);
        application.write("target/classes/secret.properties", "x");
        application.write("target/classes/deep/secret.properties", "x");
        application.write("target/classes/deep/open.properties", "x");
        application.write("target/classes/dev/more/a.txt", "x");
        application.write("shared/secret.properties", "x");
        application.write("shared/two.txt", "2");
        Files.createSymbolicLink(application.classes().resolve("all"), application.project.resolve("shared"));
        application.packaged = new FilePatterns(List.of(), List.of("**/secret*.properties", "**/Other*.class", "dev/"));
        String resources = entries("resources");
        assertThat(resources).contains("/app/classes/deep/open.properties", "/app/classes/all");
        assertThat(resources).doesNotContain("secret", "dev");
        assertThat(plan().describe())
                .contains(
                        "classes      classes, 1 entries", "runs java -cp @/app/classpath io.jlayer.project.StartedF");

        application.classes = OwnClasses.JAR;
        assertThat(ownJar())
                .containsExactly(
                        "null", "all/two.txt", "deep/open.properties", "io/jlayer/project/StartedFixture.class");

        application.packaged = new FilePatterns(List.of("**/Started*"), List.of());
        assertThat(ownJar()).containsExactly("null", "io/jlayer/project/StartedFixture.class");
    }

    private String entries(String layer) throws IOException {
        return plan().lowestFirst().stream()
                .filter(planned -> planned.origin().equals(layer))
                .flatMap(planned -> planned.spec().entries().stream())
                .map(entry -> entry.path().toString())
                .toList()
                .toString();
    }
}
