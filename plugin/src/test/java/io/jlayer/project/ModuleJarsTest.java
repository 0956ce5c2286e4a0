// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.layer.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleJarsTest {

    private static final String MANIFEST =
            """
            Manifest-Version: 1.0
            Created-By: Maven JAR Plugin 3.4.1
            Build-Jdk-Spec: %s
            Automatic-Module-Name: shop.model

            """;

    @TempDir
    Path directory;

    private FileContent normal(Path artifact) throws IOException {
        Store store = Store.open(directory.resolve("store"));
        return new ModuleJars(store, FileDigests.open(store, directory)).normal(artifact);
    }

    /** Entries are names and contents in turn. */
    private Path jar(String name, int level, long time, String... entries) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(level);
            for (int i = 0; i < entries.length; i += 2) {
                ZipEntry entry = new ZipEntry(entries[i]);
                entry.setTime(time);
                zip.putNextEntry(entry);
                zip.write(entries[i + 1].getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static List<String> names(FileContent jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream in = jar.open();
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void timeToolAndOrderOfPackagingDoNotMatter() throws IOException {
        Path one = jar(
                "one.jar",
                9,
                1_000_000_000_000L,
                "META-INF/MANIFEST.MF",
                MANIFEST.formatted(17),
                "a/A.class",
                "A",
                "b",
                "B");
        Path two = jar(
                "two.jar",
                0,
                1_700_000_000_000L,
                "b",
                "B",
                "a/",
                "",
                "META-INF/maven/g/a/pom.properties",
                "built today",
                "a/A.class",
                "A",
                "META-INF/MANIFEST.MF",
                MANIFEST.formatted(25));
        assertThat(normal(one).digest()).isEqualTo(normal(two).digest());
        assertThat(names(normal(one))).containsExactly("META-INF/", "META-INF/MANIFEST.MF", "a/", "a/A.class", "b");
    }

    @Test
    void aDirectoryOfClassesGivesTheSameAsItsJar() throws IOException {
        Path classes = directory.resolve("classes");
        Files.createDirectories(classes.resolve("a"));
        Files.writeString(classes.resolve("a/A.class"), "A");
        Files.writeString(classes.resolve("b"), "B");
        Path jar = jar("one.jar", 9, 0, "a/A.class", "A", "b", "B");
        assertThat(normal(classes).digest()).isEqualTo(normal(jar).digest());
        Path link = Files.createSymbolicLink(directory.resolve("link"), classes);
        assertThat(normal(link).digest()).isEqualTo(normal(jar).digest());
    }

    @Test
    void contentDoesMatter() throws IOException {
        FileContent one = normal(jar("one.jar", 9, 0, "a", "A"));
        assertThat(normal(jar("two.jar", 9, 0, "a", "B")).digest()).isNotEqualTo(one.digest());
        assertThat(normal(jar("three.jar", 9, 0, "b", "A")).digest()).isNotEqualTo(one.digest());
    }

    @Test
    void aSignedJarStaysAsItIs() throws IOException {
        Path signed = jar("signed.jar", 9, 0, "META-INF/A.SF", "x", "META-INF/A.RSA", "x", "a", "A");
        try (InputStream in = normal(signed).open()) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(signed));
        }
    }

    @Test
    void whatWasMadeOnceIsFound() throws IOException {
        Path jar = jar("one.jar", 9, 0, "a", "A");
        FileContent first = normal(jar);
        assertThat(normal(jar).file()).isEqualTo(first.file());
        Files.delete(first.file().orElseThrow());
        assertThat(normal(jar).digest()).isEqualTo(first.digest());
        try (InputStream in = normal(jar).open()) {
            assertThat(in.readAllBytes()).hasSize((int) first.size());
        }
    }
}
