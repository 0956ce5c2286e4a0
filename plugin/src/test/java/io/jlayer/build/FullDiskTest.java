// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.PruneRule;
import io.jlayer.blob.Store;
import io.jlayer.error.Reason;
import io.jlayer.house.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full in the middle of a build; needs the right to mount one. */
class FullDiskTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private SmallApplication application;
    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws IOException {
        Programs.assumeInstalled("mount");
        disk = Files.createDirectory(directory.resolve("disk"));
        try {
            Programs.run(directory, "mount", "-t", "tmpfs", "-o", "size=2m", "jlayer-test", disk.toString());
        } catch (AssertionError | InterruptedException e) {
            Assumptions.abort("a small disk cannot be mounted: " + e.getMessage());
        }
        application = new SmallApplication(directory);
    }

    @AfterEach
    void unmount() throws Exception {
        if (Files.getFileStore(disk).type().equals("tmpfs") && !Files.isSameFile(disk, directory)) {
            Programs.run(directory, "umount", "-l", disk.toString());
        }
    }

    private void addNoise(String path, int size) throws IOException {
        byte[] noise = new byte[size];
        new Random(path.hashCode()).nextBytes(noise);
        Files.write(Files.createDirectories(application.filesForRoot()).resolve(path), noise);
    }

    private BuildReport build(Path store) throws IOException {
        try (Store open = Store.open(store)) {
            return application.build(open);
        }
    }

    @Test
    void underTheStore() throws IOException {
        BuildReport first = build(disk);
        SortedMap<String, String> before = application.visible();
        addNoise("big", 3 * MEBIBYTE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> build(disk))
                .satisfies(failure -> assertThat(Reason.isFullDisk(failure)).isTrue())
                .withMessageContaining("write layer 'src/main/jlayer'")
                .withMessageContaining("write " + disk.resolve("tmp"));
        assertThat(application.visible()).isEqualTo(before);
        try (var drafts = Files.list(disk.resolve("tmp"))) {
            assertThat(drafts).isEmpty();
        }
        Files.delete(application.filesForRoot().resolve("big"));
        Files.delete(application.filesForRoot());
        assertThat(build(disk).image().root()).isEqualTo(first.image().root());
    }

    @Test
    void underTheStoreWhileABaseIsMadeIsNotTheBasesFault() throws IOException {
        addNoise("big", 3 * MEBIBYTE);
        Files.move(application.filesForRoot(), application.project.resolve("rootfs"));
        application.from = "rootfs:rootfs";
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> build(disk))
                .satisfies(failure -> assertThat(Reason.isFullDisk(failure)).isTrue());
    }

    @Test
    void aStoreOnItIsPruned() throws IOException {
        addNoise("big", MEBIBYTE / 2);
        BuildReport first = build(disk);
        Path image = application.output().resolve("image");
        try (Stream<Path> files = Files.walk(image)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        Files.createDirectories(disk.resolve("layers"));
        Files.createFile(Files.createDirectories(disk.resolve("trials")).resolve("lock"));
        Files.write(disk.resolve("rest"), new byte[MEBIBYTE / 8]);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> fill(disk.resolve("rest")));
        new StorePruning(disk, warning -> {}).run(new PruneRule(Optional.of(Duration.ZERO), OptionalLong.empty()));
        assertThat(disk.toFile().getUsableSpace()).isGreaterThan(MEBIBYTE / 2);
        Files.delete(disk.resolve("rest")); // a build's drafts take a little more than what comes of them
        assertThat(build(disk).image().root()).isEqualTo(first.image().root());
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 4096; i++) {
                out.write(new byte[1024]);
            }
        }
    }

    @Test
    void underATarget() throws IOException {
        application.build();
        SortedMap<String, String> before = application.visible();
        addNoise("big", 3 * MEBIBYTE);
        for (String target :
                new String[] {"oci-archive:../disk/app.tar", "docker-archive:../disk/app.tar", "oci:../disk/app"}) {
            application.to.clear();
            application.to.add(target);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(application::build)
                    .satisfies(failure -> assertThat(Reason.isFullDisk(failure)).isTrue());
            assertThat(application.visible()).isEqualTo(before);
            assertThat(disk.resolve("app.tar")).doesNotExist();
            assertThat(disk.resolve("app/index.json")).doesNotExist();
        }
    }

    @Test
    void underAPage() {
        Path page = disk.resolve("inspect.html");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ReportFiles.replace(page, new byte[3 * MEBIBYTE]))
                .satisfies(failure -> assertThat(Reason.isFullDisk(failure)).isTrue())
                .withMessageStartingWith("write " + page + ": ");
        assertThat(page).doesNotExist();
    }
}
