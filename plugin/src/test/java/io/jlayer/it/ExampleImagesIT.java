// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static io.jlayer.house.Programs.assumeInstalled;
import static io.jlayer.house.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The images of the examples, as users build them, in the hands of other people's programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleImagesIT {

    private static final long STARTED_WITHIN_SECONDS = 120;

    private Path directory;

    private final List<String> loaded = new ArrayList<>();

    private Path hello;
    private Path springBoot;
    private Path shop;

    @BeforeAll
    void build(@TempDir Path shared) throws Exception {
        directory = shared;
        Path store = directory.resolve("store");
        hello = MavenRun.copyExample("hello", directory.resolve("hello"));
        new MavenRun(hello, store).run("package", MavenRun.goal("build"), MavenRun.goal("verify"));
        springBoot = MavenRun.copyExample("spring-boot", directory.resolve("spring-boot"));
        new MavenRun(springBoot, store).run("package", MavenRun.goal("build"), MavenRun.goal("verify"));
        Path modules = MavenRun.copyExample("multi-module", directory.resolve("multi-module"));
        new MavenRun(modules, store).run("package", MavenRun.goal("build"));
        shop = modules.resolve("shop");
        new MavenRun(modules, store).run(MavenRun.goal("verify"), "-Djlayer.image=oci:" + image(shop));
        // Maven runs it for the parent alone; it must not look as if the shop had been verified.
        assertThat(new MavenRun(modules, store).fail("package", MavenRun.goal("verify")))
                .contains("has no image of its own")
                .contains("mvn jlayer:verify -pl MODULE");
    }

    @AfterAll
    void leaveNothingInPodman() throws Exception {
        for (String name : loaded) {
            run(directory, "podman", "rmi", "--ignore", "--force", name);
        }
    }

    private List<Path> projects() {
        return List.of(hello, springBoot, shop);
    }

    private static Path image(Path project) {
        return project.resolve("target/jlayer/image");
    }

    private static String digest(Path project) throws IOException {
        return Files.readString(project.resolve("target/jlayer/image.digest"));
    }

    @Test
    void skopeoInspectsAndCopies() throws Exception {
        assumeInstalled("skopeo");
        for (Path project : projects()) {
            String told = run(directory, "skopeo", "inspect", "oci:" + image(project) + ":latest");
            assertThat(OciJson.parse(told).requiredText("Digest")).isEqualTo(digest(project));

            Path copy = directory.resolve("copy-of-" + project.getFileName());
            run(directory, "skopeo", "copy", "oci:" + image(project) + ":latest", "dir:" + copy);
            assertThat(copy.resolve("manifest.json"))
                    .hasSameBinaryContentAs(image(project)
                            .resolve("blobs")
                            .resolve(digest(project).replace(':', '/')));
        }
    }

    @Test
    void umociUnpacks() throws Exception {
        assumeInstalled("umoci");
        for (Path project : projects()) {
            Path bundle = directory.resolve("bundle-of-" + project.getFileName());
            run(directory, "umoci", "unpack", "--rootless", "--image", image(project) + ":latest", bundle.toString());

            assertThat(bundle.resolve("rootfs/app/classes")).isDirectory();
            assertThat(bundle.resolve("rootfs/opt/java")).isDirectory();
        }
    }

    @Test
    void podmanRunsTheSmallest() throws Exception {
        assertThat(podmanRun(hello)).contains("Hello");
    }

    @Test
    void podmanRunsAModuleWithOthers() throws Exception {
        assertThat(podmanRun(shop)).isNotBlank();
    }

    @Test
    void podmanRunsAServiceThatIsHealthy() throws Exception {
        String name = load(springBoot);
        int port = freePort();
        List<String> command = podman("run", "--rm", "-e", "SERVER_PORT=" + port, "--name", "jlayer-" + port, name);
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("service.log").toFile())
                .start();
        try {
            assertThat(health(service, port)).contains("UP");
        } finally {
            run(directory, "podman", "rm", "-f", "-t", "1", "jlayer-" + port);
            service.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private String podmanRun(Path project) throws Exception {
        String name = load(project);
        return run(directory, podman("run", "--rm", name).toArray(String[]::new));
    }

    /** Puts the image where podman finds it. */
    private String load(Path project) throws Exception {
        assumeInstalled("podman");
        assumeInstalled("skopeo");
        assumeInstalled("runc");
        String name = "localhost/jlayer-test/" + project.getFileName() + ":1";
        loaded.add(name);
        run(directory, "skopeo", "copy", "oci:" + image(project) + ":latest", "containers-storage:" + name);
        return name;
    }

    /** runc, since it alone copes with every machine's cgroups; the limits are those that every machine grants. */
    private static List<String> podman(String verb, String... arguments) {
        List<String> command = new ArrayList<>(List.of("podman", "--runtime", "runc", "--cgroup-manager", "cgroupfs"));
        command.addAll(List.of(verb, "--network=host", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String health(Process service, int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTED_WITHIN_SECONDS);
        while (service.isAlive() && System.nanoTime() < end) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (IOException notYet) {
                service.waitFor(200, TimeUnit.MILLISECONDS);
            }
        }
        throw new AssertionError("no answer: " + Files.readString(directory.resolve("service.log")));
    }
}
