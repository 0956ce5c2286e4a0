// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlayer:diff} as it is run by hand and in a CI. */
class DiffIT {

    private static final String DIFF = MavenRun.goal("diff");
    private static final String BUILD = MavenRun.goal("build");

    @TempDir
    Path directory;

    private Path hello;

    @BeforeEach
    void copy() throws Exception {
        hello = MavenRun.copyExample("hello", directory.resolve("hello"));
    }

    private MavenRun maven() {
        return new MavenRun(hello, directory.resolve("store"));
    }

    private void change() throws Exception {
        Path source = hello.resolve("src/main/java/com/example/hello/Hello.java");
        Files.writeString(source, Files.readString(source).replace("Hello, ", "Good day, "));
    }

    @Test
    void thisBuildIsComparedWithTheOneBefore() throws Exception {
        assertThat(maven().run("package", DIFF)).contains("Nothing to compare with");
        change();
        Path json = directory.resolve("diff.json");

        String said = maven().run("clean", "package", DIFF, "-Djlayer.diff.json=" + json);

        assertThat(said)
                .contains("the build of 20", "Files: 1 change\n", "C /app/classes/com/example/hello/Hello.class  ")
                .contains("3 the same", "A push sends ");
        JsonObject platform =
                OciJson.parse(Files.readString(json)).objects("platforms").get(0);
        assertThat(platform.objects("files")).hasSize(1);
        // Asked again, it says so again.
        assertThat(maven().run(DIFF)).contains("Files: 1 change\n");
        assertThat(maven().fail(DIFF, "-Djlayer.diff.with=oci:target/jlayer/image"))
                .contains("this build replaces oci:target/jlayer/image (-Djlayer.diff.with)");
    }

    @Test
    void aBuildThatGivesSomethingElseFailsWhereItIsToBeTheSame() throws Exception {
        assertThat(maven().fail("package", BUILD, DIFF, "-Djlayer.diff.same"))
                .contains("there is no earlier build to compare this one with");
        assertThat(maven().run("clean", "package", BUILD, DIFF, "-Djlayer.diff.same"))
                .contains("The images are the same");
        change();
        assertThat(maven().fail("package", BUILD, DIFF, "-Djlayer.diff.same"))
                .contains("Hello.class", "the images differ", "what differs stands above");
    }

    @Test
    void anyTwoImagesAreCompared() throws Exception {
        Path old = hello.resolve("old.tar");
        maven().run("package", BUILD, "-Djlayer.to=docker-archive:" + old);
        change();
        maven().run("package", BUILD);

        String said = maven().run(
                        DIFF,
                        "-Djlayer.image=oci:" + hello.resolve("target/jlayer/image"),
                        "-Djlayer.diff.with=docker-archive:" + old);

        assertThat(said).contains("Old  sha256:", "Files: 1 change\n");
        assertThat(maven().fail(DIFF, "-Djlayer.image=oci:nowhere")).contains("-Djlayer.diff.with");
        assertThat(maven().fail(DIFF, "-Djlayer.diff.with=oci-archive:nowhere.tar"))
                .contains("there is no image to compare", "-Djlayer.diff.with=oci-archive:nowhere.tar");
        assertThat(maven().fail(DIFF, "-Djlayer.diff.with=old.tar")).contains("write docker-archive:");
    }
}
