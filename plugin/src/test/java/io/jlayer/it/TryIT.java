// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.overlay.HostPrograms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlayer:try} and {@code jlayer:trials}, as users call them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryIT {

    private static final String TRY = MavenRun.goal("try");
    private static final String TRIALS = MavenRun.goal("trials");

    private Path directory;
    private Path store;
    private Path hello;
    private String box;

    /** A project with an image of its own, and an image of a shell. */
    @BeforeAll
    void build(@TempDir Path shared) throws Exception {
        Path busybox = Path.of("/bin/busybox");
        Assumptions.assumeTrue(Files.isExecutable(busybox), "needs /bin/busybox, linked statically");
        directory = shared;
        store = directory.resolve("store");
        Path root = directory.resolve("root");
        for (String name : List.of("bin", "etc", "tmp", "w")) {
            Files.createDirectories(root.resolve(name));
        }
        Files.copy(busybox, root.resolve("bin/busybox"));
        for (String name : List.of("sh", "cat", "echo", "rm", "sleep", "env", "ls", "mkdir", "httpd")) {
            Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
        }
        Files.writeString(root.resolve("etc/first"), "one\n");
        Files.writeString(root.resolve("etc/second"), "two\n");
        box = "-Djlayer.try.image=rootfs:" + root;
        hello = MavenRun.copyExample("hello", directory.resolve("hello"));
        new MavenRun(hello, store).run("package");
    }

    private String tryIt(String... settings) throws Exception {
        return new MavenRun(hello, store)
                .run(Stream.concat(Stream.of(TRY), Stream.of(settings)).toArray(String[]::new));
    }

    private static String sh(String script) {
        return "-Djlayer.try.command=sh -c '" + script + "'";
    }

    @Test
    void runsTheImageOfTheProject() throws Exception {
        assertThat(tryIt()).contains("Hello, world, from Java");
    }

    @Test
    void runsAJvmUnderAFilterOfSystemCalls() throws Exception {
        Assumptions.assumeTrue(HostPrograms.find("crun").isPresent(), "needs crun");
        assertThat(tryIt("-Djlayer.try.seccomp")).contains("Hello, world, from Java");
    }

    @Test
    void tellsWhatChanged() throws Exception {
        Path diff = directory.resolve("diff.json");

        String said = tryIt(
                box, sh("echo 12345 >/etc/new; rm /etc/first; echo x >>/etc/second"), "-Djlayer.try.diff=" + diff);

        assertThat(said)
                .contains("The trial changed 3 paths, 12 B in its writable layer:")
                .contains("A /etc/new  6 B")
                .contains("D /etc/first")
                .contains("C /etc/second  6 B  (copied up)");
        JsonObject written = OciJson.parse(Files.readString(diff));
        assertThat(written.number("exitCode")).hasValue(0L);
        assertThat(written.objects("changes")).hasSize(3);
    }

    @Test
    void tellsTheExitCode() throws Exception {
        assertThat(new MavenRun(hello, store).fail(TRY, box, sh("exit 3"))).contains("exit code 3");
    }

    @Test
    void namesAMissingCommand() throws Exception {
        assertThat(new MavenRun(hello, store).fail(TRY, box, "-Djlayer.try.command=nosuch"))
                .contains("no program 'nosuch'");
    }

    @Test
    void takesEnvironmentVolumesAndAReadOnlyRoot() throws Exception {
        Files.writeString(Files.createDirectories(hello.resolve("data")).resolve("f"), "of the volume");

        String said = tryIt(
                box,
                sh("cat /v/f; echo; echo $COLOR; echo x >/etc/x || echo refused"),
                "-Djlayer.try.volumes=data:/v:ro",
                "-Djlayer.try.environment.COLOR=red",
                "-Djlayer.try.readOnly");

        assertThat(said).contains("of the volume\n", "red\n", "refused\n", "The trial changed no file");
    }

    @Test
    void keptTrialsAreListedResumedAndRemoved() throws Exception {
        tryIt(box, sh("echo first >/a"), "-Djlayer.try.keep=kept");
        assertThat(new MavenRun(hello, store).run(TRIALS)).contains("kept  kept");

        assertThat(tryIt(box, sh("cat /a; echo second >/b"), "-Djlayer.try.resume=kept"))
                .contains("first\n", "A /a", "A /b");

        assertThat(new MavenRun(hello, store).run(TRIALS, "-Djlayer.remove=kept"))
                .contains("Removed kept", "There are no trials");
    }

    @Test
    void whatWasWrittenBecomesALayer() throws Exception {
        String first = tryIt(box, sh("mkdir /d; rm /etc/first; echo x >/a"), "-Djlayer.try.commit=first");
        String second = tryIt(box, sh("echo x >/a; rm /etc/first; mkdir /d"), "-Djlayer.try.commit=second");

        assertThat(digest(first)).isEqualTo(digest(second));
        assertThat(tryIt("-Djlayer.try.image=oci:target/jlayer/commits:first", sh("ls -d /d /etc/* /a")))
                .contains("/a\n", "/d\n", "/etc/second\n")
                .doesNotContain("/etc/first");
    }

    private static String digest(String said) {
        return said.lines()
                .filter(line -> line.contains("Committed: "))
                .map(line -> line.substring(line.lastIndexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void trialsAtOnceDoNotSeeEachOther() throws Exception {
        String waiting = "echo $ME >/w/$ME; n=0; until [ -e /shared/a -a -e /shared/b ]; do echo >/shared/$ME;"
                + " sleep 0.1; done; echo I see $(ls /w)";
        Files.createDirectories(hello.resolve("shared"));
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> {
            try {
                return tryIt(box, sh(waiting), "-Djlayer.try.volumes=shared:/shared", "-Djlayer.try.environment.ME=a");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        String said = tryIt(box, sh(waiting), "-Djlayer.try.volumes=shared:/shared", "-Djlayer.try.environment.ME=b");

        assertThat(said).contains("I see b\n");
        assertThat(other.get()).contains("I see a\n");
    }

    @Test
    void aProgramThatEndsBeforeItIsReadyFails() throws Exception {
        assertThat(new MavenRun(hello, store)
                        .fail(TRY, box, sh("exit 0"), "-Djlayer.try.probe=tcp://localhost:" + freePort()))
                .contains("ended before tcp://localhost:");
    }

    @Test
    void aServiceAnswersWithinATrial() throws Exception {
        Path service = MavenRun.copyExample("spring-boot", directory.resolve("spring-boot"));
        int port = freePort();

        String said = new MavenRun(service, store)
                .run(
                        "package",
                        "-DskipTests",
                        TRY,
                        "-Djlayer.try.environment.SERVER_PORT=" + port,
                        "-Djlayer.try.probe=http://localhost:" + port + "/actuator/health",
                        "-Djlayer.try.timeout=120s");

        assertThat(said).contains("/actuator/health answered; the program was stopped then");
    }

    @Test
    void whatAKilledTrialLeftIsGoneAfterTheNext() throws Exception {
        MavenRun.Running maven = new MavenRun(hello, store).start(TRY, box, sh("echo it runs; exec sleep 47110815"));
        maven.waitForLine("it runs");
        maven.kill();

        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith("sleep 47110815")))
                .isEmpty();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(store.toString());
        tryIt(box, sh("exit 0"));
        try (Stream<Path> left = Files.list(store.resolve("trials"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
