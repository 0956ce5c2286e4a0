// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static io.jlayer.house.Programs.assumeInstalled;
import static io.jlayer.house.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileNames;
import io.jlayer.house.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One packaged project gives one digest, whoever builds its image, where and by which Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameDigestEverywhereIT {

    private Path directory;

    private Path packaged;
    private Path store;
    private String expected;

    @BeforeAll
    void packageOnce(@TempDir Path shared) throws Exception {
        directory = shared;
        packaged = MavenRun.copyExample("spring-boot", directory.resolve("packaged"));
        store = directory.resolve("store");
        new MavenRun(packaged, store).run("package");
        expected = digest(packaged, new MavenRun(packaged, store));
    }

    private static String digest(Path project, MavenRun maven) throws Exception {
        maven.run(MavenRun.goal("build"), "-Djlayer.from=scratch");
        return Files.readString(project.resolve("target/jlayer/image.digest"));
    }

    private Path copy(String name) throws IOException {
        Path copy = directory.resolve(name);
        MavenRun.copy(packaged, copy);
        return copy;
    }

    @Test
    void withAWarmStore() throws Exception {
        assertThat(digest(packaged, new MavenRun(packaged, store))).isEqualTo(expected);
    }

    @Test
    void inAnotherDirectoryWithAnEmptyStore() throws Exception {
        // Where Java knows ASCII only, Maven itself finds no other directory.
        Path project =
                copy("a directory with spaces" + (FileNames.survives(" and \u00fcmlauts") ? " and \u00fcmlauts" : ""));
        assertThat(digest(project, new MavenRun(project, directory.resolve("empty"))))
                .isEqualTo(expected);
    }

    @Test
    void inAnotherZoneAndLocale() throws Exception {
        Path project = copy("zone");
        MavenRun maven = new MavenRun(project, directory.resolve("zone-store"))
                .with("TZ", "Pacific/Chatham")
                .with("LC_ALL", "C")
                .with("MAVEN_OPTS", "-Duser.language=tr -Duser.country=TR");
        assertThat(digest(project, maven)).isEqualTo(expected);
    }

    /** The locale of bare containers knows ASCII only; a warm store has what was remembered in the other one. */
    @Test
    void withNamesOfAllKindsInTheLocaleOfBareContainers() throws Exception {
        Path project = copy("names");
        Path files = Files.createDirectories(project.resolve("src/main/jlayer/usr/share"));
        Files.writeString(FileNames.resolve(files, "F\u0151tan\u00fas\u00edtv\u00e1ny.crt"), "one");
        Files.writeString(FileNames.resolve(files, "F\u00fctan\u00fas\u00edtv\u00e1ny.crt"), "two");
        Files.createSymbolicLink(files.resolve("link"), FileNames.of("F\u0151tan\u00fas\u00edtv\u00e1ny.crt"));
        Path warm = directory.resolve("names-store");
        String named = digest(project, new MavenRun(project, warm).with("LC_ALL", "C.UTF-8"));
        assertThat(named).isNotEqualTo(expected);
        for (Path any : List.of(directory.resolve("c-store"), warm)) {
            assertThat(digest(project, new MavenRun(project, any).with("LC_ALL", "C")))
                    .isEqualTo(named);
        }
    }

    @Test
    void withOtherTimesAndModes() throws Exception {
        Path project = copy("touched");
        try (Stream<Path> files = Files.walk(project.resolve("target/classes"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
        assertThat(digest(project, new MavenRun(project, directory.resolve("touched-store"))))
                .isEqualTo(expected);
    }

    @Test
    void withAnotherUmask() throws Exception {
        assumeInstalled("sh");
        Path project = copy("umask");
        MavenRun maven =
                new MavenRun(project, directory.resolve("umask-store")).by("sh", "-c", "umask 077; exec \"$@\"", "sh");
        assertThat(digest(project, maven)).isEqualTo(expected);
    }

    @Test
    void asAnotherUser() throws Exception {
        assumeInstalled("setpriv");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may be somebody else");
        Path project = copy("user");
        run(directory, "chown", "-R", "65534:65534", project.toString());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        MavenRun maven = new MavenRun(project, project.resolve("store"))
                .by("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                .with("HOME", project.toString());
        assertThat(digest(project, maven)).isEqualTo(expected);
    }

    @Test
    void onEveryOtherJava() throws Exception {
        List<Path> others = Jdks.others();
        Assumptions.assumeFalse(others.isEmpty(), "there is no second JDK");
        for (Path java : others) {
            Path project = copy("java-" + java.getFileName());
            MavenRun maven = new MavenRun(project, directory.resolve("store-" + java.getFileName()))
                    .with("JAVA_HOME", java.toString());
            assertThat(digest(project, maven)).as("%s", java).isEqualTo(expected);
        }
    }
}
