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
import io.jlayer.project.OtherFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePlannerTest {

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

    @Test
    void theLeastIsTheClassPathAndTheClasses() throws IOException {
        assertThat(plan().describe())
                .isEqualTo(
                        """
                        from scratch for [linux/amd64]
                        launch       class path, 1 entries
                        classes      classes, 1 entries
                        runs java -cp @/app/classpath io.jlayer.project.StartedFixture
                        """);
    }

    @Test
    void whatChangesMoreOftenLiesHigher() throws IOException {
        jar("org.lib", "lib", "1.0", false);
        jar("org.early", "early", "1.0-SNAPSHOT", false);
        jar("com.shop", "model", "1.0", true);
        application.write("target/classes/application.properties", "a=1");
        application.write("src/main/jlayer/etc/motd", "hello");
        application.extraLayers.add(new ExtraLayer(
                "settings",
                List.of(ExtraLayer.FileSet.of(
                        application.project.resolve("src"), "/src", List.of(), List.of(), null, null, "0:0")),
                List.of(ExtraLayer.Link.of("/etc/link", "motd"))));

        assertThat(plan().describe())
                .isEqualTo(
                        """
                        from scratch for [linux/amd64]
                        dependencies lib 1.0, 1 entries
                        snapshots    snapshots, 1 entries
                        modules      modules, 1 entries
                        files        src/main/jlayer, 2 entries
                        files        settings, 6 entries
                        resources    resources, 4 entries
                        launch       class path, 1 entries
                        classes      classes, 1 entries
                        runs java -cp @/app/classpath io.jlayer.project.StartedFixture
                        """);
    }

    @Test
    void theClassPathKeepsMavensOrder() throws IOException {
        jar("org.b", "b", "2", false);
        jar("org.a", "a", "1-SNAPSHOT", false);
        jar("com.c", "c", "1", true);
        FileEntry.Regular file = (FileEntry.Regular) plan().lowestFirst().stream()
                .filter(layer -> layer.origin().equals("launch"))
                .findFirst()
                .orElseThrow()
                .spec()
                .entries()
                .get(0);
        try (InputStream in = file.content().open()) {
            assertThat(new String(in.readAllBytes(), UTF_8))
                    .isEqualTo("/app/classes:/app/lib/org.b/b-2.jar:/app/lib/org.a/a-1-SNAPSHOT.jar"
                            + ":/app/lib/com.c/c-1.jar\n");
        }
    }

    private void starts(List<String> entrypoint, List<String> jvmFlags) {
        application.container = new ContainerSettings(
                Optional.empty(),
                jvmFlags,
                List.of(),
                entrypoint,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aScriptOfTheUsersOwnFindsTheClassPath() throws IOException {
        starts(List.of("/start.sh"), List.of());
        assertThat(plan().describe())
                .contains("launch       class path, 1 entries", "classes      classes, 1 entries")
                .doesNotContain("runs java");
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void flagsThatNothingReadsAreWarnedOf() throws IOException {
        starts(List.of("/start.sh"), List.of("-Xmx1g"));
        plan();
        assertThat(application.warnings).singleElement().asString().contains("<jvmFlags>", "<entrypoint>");
    }

    @Test
    void layeringNoneLeavesAllOfTheProjectOut() throws IOException {
        jar("org.lib", "lib", "1.0", false);
        application.write("src/main/jlayer/etc/motd", "hello");
        application.layering = "none";
        assertThat(plan().describe())
                .isEqualTo(
                        """
                        from scratch for [linux/amd64]
                        files        src/main/jlayer, 2 entries
                        """);
    }

    @Test
    void mainClassAndArgumentsAreAsTheUserSaid() throws IOException {
        application.container =
                SmallApplication.containerOf(Optional.of("a.Other"), List.of("--port", "1"), new TreeMap<>());
        assertThat(plan().java()).containsExactly("java", "-cp", "@/app/classpath", "a.Other");
        assertThat(plan().container().args()).containsExactly("--port", "1");
    }

    @Test
    void theJavaReleaseIsThatOfTheNewestClass() throws IOException {
        assertThat(plan().javaRelease()).hasValue(17);
    }

    @Test
    void nothingIsWarnedOf() throws IOException {
        plan();
        assertThat(application.warnings).isEmpty();
    }

    private void packagedAs(String manifest) throws IOException {
        application.jar = directory.resolve("shop.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(application.jar))) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.write(("Manifest-Version: 1.0\n" + manifest).getBytes(UTF_8));
        }
    }

    @Test
    void ofSeveralClassesThePackagedJarsManifestChooses() throws IOException {
        application.add(OtherFixture.class);
        packagedAs("Main-Class: io.jlayer.project.OtherFixture\n");
        assertThat(plan().java()).endsWith("io.jlayer.project.OtherFixture");
        packagedAs("Main-Class: a.Launcher\nStart-Class: io.jlayer.project.StartedFixture\n");
        assertThat(plan().java()).endsWith("io.jlayer.project.StartedFixture");
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void aLauncherThatOnlyThePackagedJarHasIsNotStarted() throws IOException {
        application.add(OtherFixture.class);
        packagedAs("Main-Class: a.Launcher\n");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::plan)
                .withMessageContaining("several classes have a main method");
    }

    @Test
    void whatTheManifestAsksOfTheJvmIsAskedOnTheClassPathToo() throws IOException {
        starts(List.of(), List.of("-Xmx1g"));
        application.manifestFlags = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(plan().java()).startsWith("java", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xmx1g", "-cp");
    }

    @Test
    void aManifestThatCannotBeReadIsNamed() throws IOException {
        packagedAs("no header at all\n");
        application.classes = OwnClasses.JAR;
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::plan)
                .withMessageContaining("its manifest cannot be read")
                .withMessageContaining(application.jar.toString());
        application.classes = OwnClasses.FILES;
        application.add(OtherFixture.class);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::plan)
                .withMessageContaining("its manifest cannot be read");
    }

    @Test
    void servicesOfAModuleThatNoClassPathFindsAreToldOf() throws IOException {
        application.write("src/module-info.java", "module shop { provides java.lang.Runnable with a.Job; }");
        application.write("src/a/Job.java", "package a; public class Job implements Runnable { public void run() {} }");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        application.classes().toString(),
                        application.project.resolve("src/module-info.java").toString(),
                        application.project.resolve("src/a/Job.java").toString());
        assertThat(compiled).isZero();
        plan();
        assertThat(application.hints).singleElement().asString().contains("java.lang.Runnable", "META-INF/services");
        application.hints.clear();
        application.write("target/classes/META-INF/services/java.lang.Runnable", "a.Job");
        plan();
        assertThat(application.hints).isEmpty();
        assertThat(application.warnings).isEmpty();
    }
}
