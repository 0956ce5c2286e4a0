// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlayer:inspect}, as users call it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectIT {

    private static final String INSPECT = MavenRun.goal("inspect");

    private Path directory;
    private Path store;
    private Path hello;

    @BeforeAll
    void build(@TempDir Path shared) throws Exception {
        directory = shared;
        store = directory.resolve("store");
        hello = MavenRun.copyExample("hello", directory.resolve("hello"));
        new MavenRun(hello, store).run("package", MavenRun.goal("build"), "-Djlayer.to=oci-archive:" + archive());
    }

    private Path archive() {
        return directory.resolve("hello.tar");
    }

    @Test
    void theImageOfTheProjectIsShownAndDrawn() throws Exception {
        String said = new MavenRun(hello, store).run(INSPECT);
        String digest = Files.readString(hello.resolve("target/jlayer/image.digest"));
        assertThat(said)
                .contains("hello " + digest)
                .containsPattern("  1  system libraries and files  [0-9a-f]{12} ")
                .contains("Biggest files:", "target/jlayer/inspect.html");
        byte[] page = Files.readAllBytes(hello.resolve("target/jlayer/inspect.html"));
        new MavenRun(hello, store).run(INSPECT);
        assertThat(hello.resolve("target/jlayer/inspect.html")).hasBinaryContent(page);
    }

    @Test
    void aNameThatJavaCannotReadIsOneErrorThatSaysWhatToSet() throws Exception {
        Path nowhere = Files.createDirectories(directory.resolve("ascii"));
        String name = "exec \"$@\" -Djlayer.image=oci:j$(printf '\\303\\274')rgen";
        assertThat(new MavenRun(nowhere, store)
                        .with("LC_ALL", "C")
                        .by("/bin/sh", "-c", name, "sh")
                        .fail(INSPECT))
                .contains("in this locale Java cannot read all letters of -Djlayer.image", "LC_ALL=C.UTF-8")
                .doesNotContain("there is no directory");
    }

    @Test
    void anyImageIsShownWithoutAProject() throws Exception {
        Path nowhere = Files.createDirectories(directory.resolve("nowhere"));
        String image = "-Djlayer.image=oci-archive:" + archive();
        assertThat(new MavenRun(nowhere, store).run(INSPECT, image)).contains("classes", "jlayer-inspect.html");
        assertThat(nowhere.resolve("jlayer-inspect.html")).isNotEmptyFile();
        assertThat(new MavenRun(nowhere, store).run(INSPECT, image, "-Djlayer.inspect.path=/app"))
                .contains("  classes/", "  classpath");
        assertThat(new MavenRun(nowhere, store).run(INSPECT, image, "-Djlayer.inspect.file=/app/classpath"))
                .contains("/app/classes");
        assertThat(new MavenRun(nowhere, store).run(INSPECT, image, "-Djlayer.inspect.layer=classes"))
                .contains("app/classes/");
        assertThat(new MavenRun(nowhere, store).fail(INSPECT, image, "-Djlayer.inspect.file=/app/claspath"))
                .contains("did you mean /app/classpath?");
        assertThat(new MavenRun(nowhere, store).fail(INSPECT, image, "-Djlayer.inspect.layr=1"))
                .contains("did you mean jlayer.inspect.layer?");
    }
}
