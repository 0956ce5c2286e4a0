// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.build.BuildReport;
import io.jlayer.build.SmallApplication;
import io.jlayer.error.UserError;
import io.jlayer.layer.LayerReader;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of what starts by itself, as Quarkus packages it. */
class RunnerTest {

    @TempDir
    Path directory;

    private SmallApplication application;
    private Path root;

    @BeforeEach
    void fastJar() throws IOException {
        application = new SmallApplication(directory);
        root = application.project.resolve("target/quarkus-app");
        application.depend("org.lib", "lib", "1.2", false, application.write("repository/lib-1.2.jar", "a jar"));
        write("lib/main/org.lib.lib-1.2.jar", 1);
        write("lib/boot/io.boot.runner-3.1.jar", 1);
        write("app/shop-1.0.jar", 1);
        write("quarkus/generated-bytecode.jar", 1);
        Files.writeString(root.resolve("quarkus/quarkus-application.dat"), "data");
        write("quarkus-run.jar", 1);
        application.runner = new Runner(root, root.resolve("quarkus-run.jar"), List.of(root), false);
    }

    /** A jar that was written at some time. */
    private void write(String name, long time) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("a.txt");
            entry.setTime(1_000_000_000_000L + time * 60_000);
            zip.putNextEntry(entry);
            zip.write(name.getBytes(UTF_8));
        }
    }

    /** Paths of files, with their layer; directories are left out. */
    private static SortedMap<String, String> layers(BuildReport report) throws IOException {
        SortedMap<String, String> layers = new TreeMap<>();
        for (BuildReport.LayerReport layer : report.platforms().get(0).lowestFirst()) {
            try (LayerReader reader = LayerReader.open(layer.layer().blob())) {
                for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                    TarEntry tar = next.get().tar();
                    if (tar.type() != TarEntry.Type.DIRECTORY) {
                        String mode = (tar.mode() & 0100) != 0 ? " executable" : "";
                        layers.put(next.get().path().toString(), layer.name() + mode);
                    }
                }
            }
        }
        return layers;
    }

    private String config() throws IOException {
        String id = Files.readString(application.output().resolve("image.id")).strip();
        return Files.readString(
                application.output().resolve("image/blobs/sha256").resolve(id.replace("sha256:", "")));
    }

    @Test
    void asABaseItIsKnownForAnApplication() throws IOException {
        application.to.add("oci:base");
        application.build();
        application.to.clear();
        application.from = "oci:base";
        application.build();
        assertThat(application.warnings).anyMatch(text -> text.contains("holds an application that jlayer built"));
    }

    @Test
    void itsFilesLieAsItsPluginLaidThemAndItsJarsAreGrouped() throws IOException {
        assertThat(layers(application.build()))
                .containsEntry("/app/lib/main/org.lib.lib-1.2.jar", "lib 1.2")
                .containsEntry("/app/lib/boot/io.boot.runner-3.1.jar", "io.boot.runner 3.1")
                .containsEntry("/app/quarkus-run.jar", "launcher")
                .containsEntry("/app/app/shop-1.0.jar", "classes")
                .containsEntry("/app/quarkus/generated-bytecode.jar", "classes")
                .containsEntry("/app/quarkus/quarkus-application.dat", "classes")
                .hasSize(6);
        assertThat(config()).contains("\"Entrypoint\":[\"java\",\"-jar\",\"/app/quarkus-run.jar\"]");
        assertThat(application.warnings).isEmpty();
    }

    @Test
    void whenItsPluginWroteItsJarsDoesNotCount() throws IOException {
        String before = application.build().platforms().get(0).digest().toString();
        for (String jar : List.of("app/shop-1.0.jar", "quarkus/generated-bytecode.jar", "quarkus-run.jar")) {
            byte[] old = Files.readAllBytes(root.resolve(jar));
            write(jar, 60);
            assertThat(Files.readAllBytes(root.resolve(jar))).isNotEqualTo(old);
        }
        assertThat(application.build().platforms().get(0).digest().toString()).isEqualTo(before);
    }

    @Test
    void whatIsAddedToItIsNoticed() throws IOException {
        application.build();
        write("lib/main/org.more.more-2.0.jar", 1);
        assertThat(layers(application.build())).containsKey("/app/lib/main/org.more.more-2.0.jar");
    }

    @Test
    void aJarWithItsLibrariesBesideItIsOfTheProject() throws IOException {
        Path target = root.getParent();
        Path start = Files.move(root.resolve("quarkus-run.jar"), target.resolve("shop-runner.jar"));
        Path libraries = Files.createDirectory(target.resolve("lib"));
        Files.copy(root.resolve("lib/main/org.lib.lib-1.2.jar"), libraries.resolve("org.lib.lib-1.2.jar"));
        application.runner = new Runner(target, start, List.of(start, libraries), false);
        assertThat(layers(application.build()))
                .containsEntry("/app/lib/org.lib.lib-1.2.jar", "lib 1.2")
                .containsEntry("/app/shop-runner.jar", "classes")
                .hasSize(2);
    }

    @Test
    void anExecutableIsStartedAsItIs() throws IOException {
        executable(AMD64);
        assertThat(layers(application.build())).containsExactly(Map.entry("/app/shop-runner", "classes executable"));
        assertThat(config()).contains("\"Entrypoint\":[\"/app/shop-runner\"]");
    }

    private static final int AMD64 = 62;

    /** Of a program for a processor, by its number, as much as tells so. */
    private Path executable(int machine) throws IOException {
        byte[] header = Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 64);
        header[18] = (byte) machine;
        Path start = Files.write(root.resolveSibling("shop-runner"), header);
        application.runner = new Runner(start.getParent(), start, List.of(start), true);
        return start;
    }

    @Test
    void anExecutableGoesIntoNoImageThatCannotRunIt() throws IOException {
        Path start = executable(183);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining("the executable is for linux/arm64, and the image for linux/amd64")
                .withMessageContaining(start.toString());
        application.platforms = List.of(Platform.parse("linux/arm64"));
        assertThat(layers(application.build())).containsOnlyKeys("/app/shop-runner");
        Files.writeString(start, "MZ, as programs of another system begin");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining("the executable is no program for Linux, and the image is for linux/arm64");
    }

    @Test
    void flagsForAJvmAreNotGivenToAnExecutable() throws IOException {
        executable(AMD64);
        application.container = SmallApplication.withFlags(List.of("-XX:MaxRAMPercentage=70"));
        application.build();
        assertThat(config()).contains("\"Entrypoint\":[\"/app/shop-runner\"]");
        assertThat(application.warnings)
                .singleElement()
                .asString()
                .contains("<jvmFlags> are passed over: shop-runner needs no JVM");
    }

    @Test
    void aMainClassIsPassedOverWithAWarning() throws IOException {
        application.container = SmallApplication.containerOf(Optional.of("a.Main"), List.of(), new TreeMap<>());
        application.build();
        assertThat(config()).doesNotContain("a.Main");
        assertThat(application.warnings).singleElement().asString().contains("<mainClass>", "quarkus-run.jar");
    }
}
