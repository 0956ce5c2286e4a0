// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlayer:load} and {@code jlayer:save}, as users call them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadIT {

    private static final String LOAD = MavenRun.goal("load");
    private static final String SAVE = MavenRun.goal("save");

    private Path directory;
    private Path store;
    private Path hello;

    @BeforeAll
    void build(@TempDir Path shared) throws Exception {
        directory = shared;
        store = directory.resolve("store");
        hello = MavenRun.copyExample("hello", directory.resolve("hello"));
        new MavenRun(hello, store).run("package");
    }

    private static String digestOf(String built) {
        return built.lines()
                .filter(line -> line.contains("hello sha256:"))
                .map(line -> line.replaceAll(".*(sha256:[0-9a-f]{64}).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static String digest(String said) {
        return said.lines()
                .filter(line -> line.contains("Saved sha256:"))
                .map(line -> line.replaceAll(".*(sha256:[0-9a-f]{64}).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anImageIsSavedAndSavedAgainWithoutAProject() throws Exception {
        String said = new MavenRun(hello, store).run(SAVE, "-Djlayer.save.file=a.tar");
        assertThat(said).contains("in oci-archive:a.tar, ");
        assertThat(new MavenRun(hello, store).run(SAVE, "-Djlayer.save.file=out/"))
                .contains("in oci-archive:out/hello-1.0.0.tar, ");
        Path nowhere = Files.createDirectories(directory.resolve("nowhere"));

        String again = new MavenRun(nowhere, store)
                .run(SAVE, "-Djlayer.image=oci-archive:" + hello.resolve("a.tar"), "-Djlayer.save.file=b.tar");

        assertThat(digest(again)).isEqualTo(digest(said));
        assertThat(nowhere.resolve("b.tar")).isRegularFile();
        assertThat(new MavenRun(nowhere, store).fail(SAVE, "-Djlayer.image=oci-archive:b.tar"))
                .contains("name one, as -Djlayer.save.file=app.tar");
    }

    /** One {@code <configuration>} serves all goals, so a build takes settings of others'. */
    @Test
    void slipsAreToldWithTheNearestName() throws Exception {
        assertThat(new MavenRun(hello, store).fail(LOAD, "-Djlayer.load.engin=docker"))
                .contains("did you mean jlayer.load.engine?");
        assertThat(new MavenRun(hello, store).fail(LOAD, "-Djlayer.load.engine=dokcer"))
                .contains("did you mean docker?");
        new MavenRun(hello, store).run(MavenRun.goal("build"), "-Djlayer.load.engine=docker");
    }

    @Test
    void podmanHasTheImageAfterLoading() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "needs podman");
        assumeTrue(System.getProperty("user.name").equals("root"), "a store of podman's own needs root");
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Path own = Files.createTempDirectory(Path.of("/tmp"), "jp");
        Path script = Files.writeString(
                programs.resolve("podman"),
                "#!/bin/sh\nexec /usr/bin/podman --root " + own + "/root --runroot " + own
                        + "/run --storage-driver vfs \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try {
            MavenRun maven = new MavenRun(hello, store).with("PATH", programs + ":" + System.getenv("PATH"));
            assertThat(maven.run(LOAD, "-Djlayer.load.engine=podman"))
                    .contains("Loaded into podman: localhost/hello:", "podman run --rm localhost/hello:");
            assertThat(maven.run(LOAD, "-Djlayer.load.engine=podman")).contains("podman has it already");
            maven.run(MavenRun.goal("build"), "-Djlayer.to=containers-storage:other:7");
            assertThat(podman(script, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}"))
                    .contains("localhost/hello:latest", "localhost/other:7");
            podman(script, "image", "rm", "localhost/other:7");
            maven.run(MavenRun.goal("build"), "-Djlayer.to=containers-storage:other:7");
            assertThat(podman(script, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}"))
                    .as("a target in an engine is never taken for unchanged")
                    .contains("localhost/other:7");
            String onItself = maven.run(MavenRun.goal("build"), "-Djlayer.from=containers-storage:other:7");
            assertThat(onItself).contains("Java runtime", "base", "holds an application that jlayer built");
            assertThat(maven.run(MavenRun.goal("build"), "-o", "-Djlayer.from=containers-storage:other:7"))
                    .contains(digestOf(onItself));
            assertThat(maven.fail(
                            MavenRun.goal("push"),
                            "-Djlayer.from=containers-storage:other:7",
                            "-Djlayer.to=localhost:1/shop/app"))
                    .contains("the base is an image on jdk:", "-Djlayer.push.force=true");
            maven.run(MavenRun.goal("verify"), "-Djlayer.image=containers-storage:other:7");
            assertThat(maven.fail(MavenRun.goal("inspect"), "-Djlayer.image=containers-storage:none:7"))
                    .contains(
                            "podman has no image none:7 (-Djlayer.image=containers-storage:none:7)",
                            "podman pull none:7");
        } finally {
            podman(script, "image", "rm", "--all", "--force");
            TreeRemoval.remove(own, new Ownership.Real());
        }
    }

    private static String podman(Path script, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }
}
