// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.build.SmallApplication;
import io.jlayer.error.Nearest;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFactsTest {

    @TempDir
    Path directory;

    private final SortedMap<String, LocalFile> classes = new TreeMap<>();

    private Path add(String name, Class<?> type, int major) throws IOException {
        byte[] bytes = SmallApplication.classFile(type);
        bytes[7] = (byte) major;
        Path file = directory.resolve("classes").resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        classes.put(name + ".class", new LocalFile(file, FileDigests.open(store(), directory)));
        return file;
    }

    private Store store() throws IOException {
        return Store.open(directory.resolve("store"));
    }

    private ClassFacts facts() throws IOException {
        return ClassFacts.of(classes, true, store().records("classes-v2"));
    }

    @Test
    void ofNothing() throws IOException {
        assertThat(facts()).isEqualTo(new ClassFacts(List.of(), 0));
    }

    @Test
    void theNewestClassDecides() throws IOException {
        add("a/Started", StartedFixture.class, 52);
        add("a/Other", Nearest.class, 61);
        assertThat(facts().javaRelease()).isEqualTo(17);
        assertThat(facts().mainClasses()).containsExactly(StartedFixture.class.getName());
    }

    @Test
    void classesForNewerReleasesInAMultiReleaseTreeDoNotCount() throws IOException {
        add("a/Started", StartedFixture.class, 55);
        add("META-INF/versions/21/a/Started", StartedFixture.class, 65);
        assertThat(facts().javaRelease()).isEqualTo(11);
    }

    @Test
    void allMainClassesAreNamedByName() throws IOException {
        add("b", StartedFixture.class, 61);
        add("a", OtherFixture.class, 61);
        assertThat(facts().mainClasses()).containsExactly(OtherFixture.class.getName(), StartedFixture.class.getName());
    }

    @Test
    void noClassIsTakenApartIfNobodyAsks() throws IOException {
        add("a/Started", StartedFixture.class, 61);
        assertThat(ClassFacts.of(classes, false, store().records("classes-v2")))
                .isEqualTo(new ClassFacts(List.of(), 17));
        assertThat(facts().mainClasses()).containsExactly(StartedFixture.class.getName());
    }

    @Test
    void equalClassesAreNotReadAgain() throws IOException {
        Path file = add("a/Started", StartedFixture.class, 61);
        ClassFacts first = facts();
        Files.delete(file);
        assertThat(facts()).isEqualTo(first);
    }

    @Test
    void ofChangedClassesOnlyTheChangedOnesAreRead() throws IOException {
        Path file = add("a/Started", StartedFixture.class, 61);
        facts();
        Files.delete(file);
        add("a/Other", OtherFixture.class, 65);
        assertThat(facts())
                .isEqualTo(new ClassFacts(List.of(OtherFixture.class.getName(), StartedFixture.class.getName()), 21));
    }

    /** Told apart by bytes after the class itself. */
    private void addMany(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Path file = add("many/C" + i, i % 9 == 0 ? StartedFixture.class : Nearest.class, 52 + i % 4);
            Files.write(file, new byte[] {(byte) i}, StandardOpenOption.APPEND);
        }
    }

    @Test
    void ofManyOnlyNewOnesAreReadWhereverTheyStand() throws IOException {
        addMany(20, 60);
        facts();
        for (LocalFile known : classes.values()) {
            Files.delete(known.file().orElseThrow());
        }
        classes.remove("many/C21.class");
        addMany(0, 15);
        addMany(60, 70);

        assertThat(facts()).isEqualTo(new ClassFacts(List.of(StartedFixture.class.getName()), 11));
    }

    @Test
    void aDamagedRecordIsNone() throws IOException {
        add("a/Started", StartedFixture.class, 61);
        facts();
        try (Stream<Path> records = Files.list(directory.resolve("store/records/classes-v2"))) {
            for (Path record : records.toList()) {
                Files.write(record, new byte[] {1, 2, 3});
            }
        }
        assertThat(facts().mainClasses()).containsExactly(StartedFixture.class.getName());
    }
}
