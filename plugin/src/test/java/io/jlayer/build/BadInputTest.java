// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.house.Programs;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.project.OtherFixture;
import io.jlayer.project.StartedFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's mistake is one clear error that says what is wrong, where, and what to do; what was built before stays. */
class BadInputTest {

    @TempDir
    Path directory;

    private SmallApplication application;
    private SortedMap<String, String> before;

    @BeforeEach
    void buildOnce() throws IOException {
        application = new SmallApplication(directory);
        application.build();
        before = application.visible();
    }

    private void refused(String... words) throws IOException {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContainingAll(words)
                .withMessageContaining("\n  To fix: ");
        assertThat(application.visible()).isEqualTo(before);
    }

    private void layer(String into, String... files) {
        List<ExtraLayer.FileSet> sets = Arrays.stream(files)
                .map(file -> ExtraLayer.FileSet.of(
                        application.project.resolve(file), into, List.of(), List.of(), null, null, "0:0"))
                .toList();
        application.extraLayers.add(new ExtraLayer("settings", sets, List.of()));
    }

    @Test
    void aNameThatIsAWhiteoutInLayers() throws IOException {
        application.write("target/classes/.wh.a", "x");
        refused("cannot hold /app/classes/.wh.a: names that begin with .wh.", application.classes() + ")", "rename");
    }

    @Test
    void noMainClass() throws IOException {
        Files.delete(application.add(StartedFixture.class));
        application.add(Nearest.class);
        refused("no class in " + application.classes() + " has a main method", "<container><mainClass>");
    }

    @Test
    void severalMainClasses() throws IOException {
        application.add(OtherFixture.class);
        refused(OtherFixture.class.getName() + ", " + StartedFixture.class.getName(), "<container><mainClass>");
    }

    @Test
    void aClassFileThatIsCutOff() throws IOException {
        Path file = application.add(OtherFixture.class);
        Files.write(file, List.of("no class"));
        refused(file.toString(), "not a class file", "mvn clean package");
        Files.write(file, new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0});
        refused(file.toString(), "only part of one");
    }

    @Test
    void twoFilesForOnePath() throws IOException {
        application.write("a/f", "1");
        application.write("b/f", "2");
        layer("/etc", "a", "b");
        refused("/etc/f twice", "layer 'settings'");
    }

    @Test
    void aFileWhereAnotherNeedsADirectory() throws IOException {
        application.write("a/etc", "1");
        application.write("b/etc/f", "2");
        layer("/", "a", "b");
        refused("/etc twice", "layer 'settings'");
    }

    @Test
    void somethingInPlaceOfTheRoot() throws IOException {
        application.extraLayers.add(
                new ExtraLayer("settings", List.of(), List.of(new ExtraLayer.Link(LayerPath.ROOT, "x"))));
        refused("in place of the root", "layer 'settings'");
    }

    @Test
    void aNameThatMeansAWhiteout() throws IOException {
        application.write("src/main/jlayer/etc/.wh.passwd", "1");
        refused("/etc/.wh.passwd", "layer 'src/main/jlayer'");
    }

    @Test
    void aFileThatIsNotThere() throws IOException {
        layer("/etc/", "nowhere");
        refused(application.project.resolve("nowhere").toString(), "layer 'settings' in <layers>", "<from>");
    }

    @Test
    void aDependencyThatIsNotThere() throws IOException {
        application.depend("g", "lib", "1", false, application.project.resolve("lib.jar"));
        refused("the dependency g:lib has no file", "lib.jar", "mvn -U package");
        application.classPath.clear();
        application.depend("g", "lib", "1", true, application.project.resolve("lib.jar"));
        refused("the dependency g:lib has no file", "package that module first");
    }

    @Test
    void aModuleThatIsNoJar() throws IOException {
        Path jar = Files.writeString(application.project.resolve("lib.jar"), "PK no");
        application.depend("g", "lib", "1", true, jar);
        refused(jar.toString(), "not a jar", "mvn clean package");
    }

    @Test
    void unknownNames() throws IOException {
        application.layering = "flet";
        refused("'flet' is not a layering", "(<layering>)", "did you mean 'fleet'?");
        application.layering = "zzz";
        refused("choose one of auto, fleet, simple, per-dependency");
        application.layering = "auto";
        application.maxLayers = OptionalInt.of(128);
        refused("<maxLayers> is 128", "at most 127", "(<maxLayers>)");
        application.maxLayers = OptionalInt.empty();
        application.from = "oci-arch:base.tar";
        refused("did you mean oci-archive:base.tar?", "<from>oci-arch:base.tar</from>");
        application.from = "rootsf:/srv/base";
        refused("did you mean rootfs:/srv/base?");
    }

    @Test
    void targetsThatCannotBe() throws IOException {
        application.write("dir/f", "x");
        application.write("file", "x");
        for (String[] target : List.of(
                new String[] {"oci-archive:dir", "is a directory", "oci:DIRECTORY"},
                new String[] {"docker-archive:dir", "is a directory", "oci:DIRECTORY"},
                new String[] {"oci-archive:new/", "is a directory", "oci:DIRECTORY"},
                new String[] {"oci:file", "is no directory", "oci-archive:FILE"},
                new String[] {"oci:", "'oci:' names nothing"},
                new String[] {"scratch", "scratch cannot be used here"},
                new String[] {"rootfs:dir", "rootfs:dir cannot be used here"},
                new String[] {"oci-archiv:x.tar", "did you mean oci-archive:x.tar?"})) {
            application.to.clear();
            application.to.add("oci-archive:good.tar");
            application.to.add(target[0]);
            refused(Arrays.copyOfRange(target, 1, target.length));
            assertThat(application.project.resolve("good.tar")).doesNotExist();
        }
    }

    @Test
    void severalPlatformsForADockerArchive() throws IOException {
        application.platforms = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
        application.to.add("docker-archive:x.tar");
        refused("one platform", "oci-archive:FILE", "<to>docker-archive:x.tar</to>");
    }

    @Test
    void aTargetThatFailsAtTheEndLeavesWhatIsInTheProject() throws IOException {
        application.write("src/main/jlayer/new", "x");
        application.write("dir/thesis.tex", "x");
        application.to.add("oci:dir");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(application::build)
                .withMessageContaining("thesis.tex")
                .withMessageContaining("is no image layout");
        assertThat(application.visible()).isEqualTo(before);
    }

    @Test
    void namesThatAreNotUtf8() throws Exception {
        Programs.assumeInstalled("sh");
        for (String place : List.of("src/main/jlayer", "target/classes")) {
            Path parent = Files.createDirectories(application.project.resolve(place));
            Programs.run(parent, "sh", "-c", "printf x >\"$(printf 'name\\377')\"");
            refused("the name of " + parent.resolve("name\\xFF"), "is not UTF-8", "rename the file");
            Programs.run(parent, "sh", "-c", "rm \"$(printf 'name\\377')\"");
        }
        application.build();
    }

    @Test
    void socketsAreLeftOutWithAWarning() throws Exception {
        Programs.assumeInstalled("mkfifo");
        Path parent = Files.createDirectories(application.filesForRoot());
        Programs.run(parent, "mkfifo", "pipe");
        application.build();
        assertThat(application.warnings).singleElement().asString().contains("pipe is left out");
    }

    @Test
    void aMainClassThatIsNowhereIsWarnedOfWithTheNearest() throws IOException {
        String slip = StartedFixture.class.getName().replace("Started", "Startde");
        application.container = SmallApplication.containerOf(Optional.of(slip), List.of(), new TreeMap<>());
        application.build();
        assertThat(application.warnings)
                .containsExactly("the main class " + slip + " is not on the class path; did you mean "
                        + StartedFixture.class.getName() + "?");
    }
}
