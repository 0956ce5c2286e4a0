// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.image.ImageDocuments;
import io.jlayer.plan.ImageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build is left out only if it would change nothing: not a byte of the image, nor of what lies in {@code target/jlayer}. */
class LastBuildTest {

    /** Longer than a tick of the file system's clock, so that nothing is too new to be remembered. */
    private static final long SETTLED_MILLIS = 120;

    @TempDir
    Path directory;

    private SmallApplication application;
    private Path resource;
    private BuildReport built;

    @BeforeEach
    void buildOnce() throws Exception {
        application = new SmallApplication(directory);
        resource = application.write("target/classes/words.txt", "one");
        application.depend("org.example", "library", "1.0", false, jar("library/Data.txt"));
        application.write("src/main/jlayer/etc/small/run.sh", "#!/bin/sh\n");
        build();
        assertThat(unchanged()).isPresent();
    }

    private Path jar(String entry) throws IOException {
        Path file = directory.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
        }
        return file;
    }

    private void build() throws Exception {
        Thread.sleep(SETTLED_MILLIS);
        built = application.build();
    }

    private Optional<BuildSummary> unchanged() throws IOException {
        return LastBuild.of(application.store().root(), application.application(), application.settings())
                .unchanged();
    }

    private Path image() {
        return application.output().resolve("image");
    }

    private Path blob() {
        ImageDocuments documents = built.image();
        String hex = documents.layers().keySet().iterator().next().digest().hex();
        return image().resolve("blobs/sha256").resolve(hex);
    }

    @Test
    void itSaysWhatAnotherBuildWouldSay() throws Exception {
        BuildSummary summary = unchanged().orElseThrow();
        String json = Files.readString(application.output().resolve(ReportFiles.REPORT));
        BuildReport again = application.build();
        assertThat(summary).isEqualTo(again.summary());
        assertThat(butTimings(json))
                .contains("\"state\" : \"reused\"")
                .isEqualTo(butTimings(Files.readString(application.output().resolve(ReportFiles.REPORT))));
        assertThat(json).endsWith("\"timings\" : { }\n}\n");
    }

    private static String butTimings(String json) {
        return json.substring(0, json.indexOf("\"timings\""));
    }

    @Test
    void aFileThatIsWrittenAnewWithTheSameBytesIsNoChange() throws Exception {
        FileTime time = FileTime.fromMillis(1234); // no full second: such clocks may be coarse
        Files.writeString(resource, "one");
        Files.setLastModifiedTime(resource, time);
        assertThat(unchanged()).isPresent();
        byte[] tooNew = Files.readAllBytes(application.output().resolve(LastBuild.FILE));
        Thread.sleep(SETTLED_MILLIS);
        assertThat(unchanged()).isPresent();
        // Known by its new looks from now on.
        assertThat(Files.readAllBytes(application.output().resolve(LastBuild.FILE)))
                .isNotEqualTo(tooNew);
    }

    @Test
    void allClassesAndTheirDirectoriesWrittenAnewAreNoChange() throws Exception {
        Path classes = application.application().classes();
        application.write("target/classes/small/deep/more.txt", "more");
        build();
        Path anew = directory.resolve("anew");
        Files.move(classes, anew);
        try (Stream<Path> files = Files.walk(anew)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, classes.resolve(anew.relativize(file).toString()));
            }
        }
        assertThat(unchanged()).isPresent();
    }

    @Test
    void aLinkInPlaceOfAFileWithTheSameBytesIsNoticed() throws Exception {
        Path moved = Files.move(resource, directory.resolve("moved.txt"));
        Files.createSymbolicLink(resource, moved);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aLinkInPlaceOfADirectoryWithTheSameNamesIsNoticed() throws Exception {
        Path folder =
                application.write("target/classes/folder/more.txt", "more").getParent();
        build();
        assertThat(unchanged()).isPresent();
        Path moved = Files.move(folder, directory.resolve("moved"));
        Files.createSymbolicLink(folder, moved);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aDirectoryInPlaceOfAnEmptyFileIsNoticed() throws Exception {
        Path empty = application.write("target/classes/empty", "");
        build();
        assertThat(unchanged()).isPresent();
        Files.delete(empty);
        Files.createDirectory(empty);
        assertThat(unchanged()).isEmpty();
        build();
        assertThat(unchanged()).isPresent();
        Files.delete(empty);
        Files.createFile(empty);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aLinkThatLeadsElsewhereIsNoticed() throws Exception {
        Path link = application.application().classes().resolve("link.txt");
        Files.createSymbolicLink(link, Path.of("words.txt"));
        build();
        assertThat(unchanged()).isPresent();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("words.txt.not"));
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aTouchedFileWhoseModeCountsIsLookedAtAgain() throws Exception {
        Path script = application.filesForRoot().resolve("etc/small/run.sh");
        Files.setLastModifiedTime(script, FileTime.fromMillis(1234));
        assertThat(unchanged()).isEmpty();
        build();
        assertThat(built.platforms().get(0).lowestFirst())
                .allMatch(layer -> layer.state().equals("reused"));
        assertThat(unchanged()).isPresent();
    }

    @Test
    void anotherContentOfTheSameLengthAndTimeIsNoticed() throws IOException {
        FileTime time = Files.getLastModifiedTime(resource);
        Files.writeString(resource, "two");
        Files.setLastModifiedTime(resource, time);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void anotherFileInPlaceOfOneIsNoticed() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(resource));
        Files.move(other, resource, StandardCopyOption.REPLACE_EXISTING);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void namesThatComeAndGoAreNoticed() throws Exception {
        Path added = application.write("target/classes/more.txt", "");
        assertThat(unchanged()).isEmpty();
        build();
        assertThat(unchanged()).isPresent();
        Files.delete(added);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aNewDirectoryForTheRootIsNoticed() throws Exception {
        SmallApplication other = new SmallApplication(directory.resolve("other"));
        Thread.sleep(SETTLED_MILLIS);
        other.build();
        LastBuild last = LastBuild.of(other.store().root(), other.application(), other.settings());
        assertThat(last.unchanged()).isPresent();
        other.write("src/main/jlayer/etc/motd", "hello");
        assertThat(last.unchanged()).isEmpty();
    }

    @Test
    void aFileThatBecomesAProgramIsNoticed() throws IOException {
        Path script = application.filesForRoot().resolve("etc/small/run.sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aDependencyOfTheSameNameIsNoticed() throws Exception {
        jar("library/Other.txt");
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void anotherRequestIsNotThatBuild() throws IOException {
        application.maxLayers = OptionalInt.of(9);
        assertThat(unchanged()).isEmpty();
        application.maxLayers = OptionalInt.empty();
        assertThat(unchanged()).isPresent();
        Store elsewhere = Store.open(directory.resolve("elsewhere"));
        assertThat(LastBuild.of(elsewhere.root(), application.application(), application.settings())
                        .unchanged())
                .isEmpty();
    }

    @Test
    void whatIsMissingOrDamagedInTheLayoutIsMadeAgain() throws Exception {
        for (Path file : List.of(image().resolve("index.json"), image().resolve("oci-layout"), blob())) {
            Files.delete(file);
            assertThat(unchanged()).as("without " + file).isEmpty();
            build();
            assertThat(unchanged()).isPresent();
        }
        Path blob = blob();
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(blob, new byte[(int) Files.size(blob)]);
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aReportThatSaysSomethingElseIsWrittenAgain() throws IOException {
        Path report = application.output().resolve(ReportFiles.REPORT);
        byte[] right = Files.readAllBytes(report);
        Files.delete(report);
        assertThat(unchanged()).isPresent();
        assertThat(report).hasBinaryContent(right);
    }

    @Test
    void anotherProjectThatSharesLayersChangesNothing() throws Exception {
        Files.createLink(directory.resolve("link"), blob());
        assertThat(unchanged()).isPresent();
    }

    @Test
    void aBuildThatWarnedWarnsAgain() throws Exception {
        application.depend("org.example", "module", "1.0", true, application.classes());
        build();
        assertThat(application.warnings).isNotEmpty();
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void targetsAreLookedAtToo() throws Exception {
        Path archive = directory.resolve("app.tar");
        application.to.add("oci-archive:" + archive);
        application.to.add("oci:" + directory.resolve("layout"));
        build();
        assertThat(unchanged()).isPresent();
        Files.write(archive, new byte[0]);
        assertThat(unchanged()).isEmpty();
        build();
        Files.delete(directory.resolve("layout/index.json"));
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aBaseIsLookedAtToo() throws Exception {
        Path archive = directory.resolve("base.tar");
        application.to.add("oci-archive:" + archive);
        application.layering = ImageSettings.NO_APPLICATION;
        application.write("src/main/jlayer/etc/motd", "hello");
        application.build();
        application.to.clear();
        application.layering = "auto";
        application.from = "oci-archive:" + archive;
        build();
        assertThat(unchanged()).isPresent();
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aDirectoryAsBaseSaysTooLittle() throws Exception {
        Path root = Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(root.resolve("motd"), "hello");
        application.from = "rootfs:" + root.getParent();
        build();
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aDamagedMemoryIsNone() throws IOException {
        Path memory = application.output().resolve(LastBuild.FILE);
        byte[] bytes = Files.readAllBytes(memory);
        for (int length : new int[] {0, 7, 8, bytes.length / 2, bytes.length - 1}) {
            Files.write(memory, Arrays.copyOf(bytes, length));
            assertThat(unchanged()).as(length + " bytes").isEmpty();
        }
        bytes[bytes.length / 2] ^= 1;
        Files.write(memory, bytes);
        assertThat(unchanged()).isEmpty();
        Files.write(memory, "no memory of ours at all".getBytes(UTF_8));
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void whatIsTooNewIsNotRemembered() throws IOException {
        Files.writeString(resource, "new");
        application.build();
        assertThat(unchanged()).isEmpty();
    }

    @Test
    void aHintIsGivenOnceAndNoReasonToBuildAgain() throws Exception {
        application.write("src/module-info.java", "module small { provides Runnable with a.Job; }");
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
        build();
        assertThat(application.hints).singleElement().asString().contains("java.lang.Runnable");
        assertThat(unchanged()).isPresent();
    }
}
