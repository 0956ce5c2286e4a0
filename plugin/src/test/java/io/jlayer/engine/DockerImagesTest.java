// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RandomImages;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images in the engines that are installed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerImagesTest {

    private RealEngines engines;
    private List<Path> programs = List.of();
    private Store store;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        engines = RealEngines.start();
        programs = engines.programs();
        store = Store.open(shared.resolve("store"));
    }

    List<Path> programs() {
        return programs;
    }

    @AfterAll
    void stop() throws Exception {
        if (engines != null) {
            engines.stop();
        }
    }

    private Image busybox() throws IOException {
        return Image.scratch(Platform.HOST).append(TestLayers.layer(store.blobs(), TestLayers.busybox()), line());
    }

    private static History line() {
        return new History(Optional.empty(), "test", "", false);
    }

    private static ImageDocuments documents(Image image) {
        return ImageDocuments.of(List.of(image), Format.OCI);
    }

    private static String id(Path program, String name) throws IOException {
        String id = HostCommand.runAsUser(List.of(program.toString(), "image", "inspect", "--format", "{{.Id}}", name));
        return id.strip().substring(id.indexOf(':') + 1);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isLoadedOnceUnderAllNames(Path program) throws IOException {
        EngineImages images = new DockerImages(program.toString(), store.blobs());
        Image below = busybox();
        ImageDocuments image = documents(below.withConfig(
                below.config().withExecution(JsonObject.EMPTY.with("WorkingDir", "/another/image/than/below"))));
        String first = images.nameOf(ImageRef.parse("one:1"), false);
        String second = images.nameOf(ImageRef.parse("registry.example.com/shop/two:2"), true);

        assertThat(images.platform().fit(Platform.HOST)).isPositive();
        assertThat(images.load(image, List.of(first)).bytes()).isPositive();
        assertThat(images.load(image, List.of(first))).isEqualTo(new EngineImages.Loaded(true, 0));
        assertThat(images.load(image, List.of(first, second))).isEqualTo(new EngineImages.Loaded(false, 0));

        String config = image.platforms().get(0).manifest().config().digest().hex();
        assertThat(id(program, first)).isEqualTo(config);
        assertThat(id(program, second)).isEqualTo(config);
        assertThat(HostCommand.runAsUser(List.of(program.toString(), "image", "ls")))
                .contains("registry.example.com/shop/two");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void dockerIsSentWhatIsNewAndTheImageRuns(Path program) throws IOException {
        EngineImages images = new DockerImages(program.toString(), store.blobs());
        images.load(documents(busybox()), List.of(images.nameOf(ImageRef.parse("below:1"), false)));
        Image more = busybox()
                .append(
                        RandomImages.of(7, Platform.HOST, store.blobs())
                                .lowestFirst()
                                .get(0),
                        line());
        String name = images.nameOf(ImageRef.parse("above:1"), false);

        long sent = images.load(documents(more), List.of(name)).bytes();

        if (images.name().equals("docker")) {
            assertThat(sent).isPositive().isLessThan(100_000);
        } else {
            assertThat(sent).isGreaterThan(100_000);
        }
        assertThat(HostCommand.runAsUser(List.of(
                        program.toString(), "run", "--rm", "--network", "none", name, "/bin/cat", "/etc/greeting")))
                .contains("from the image");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void anImageThatCannotBeReadAsAWholeGetsNoName(Path program) throws IOException {
        EngineImages images = new DockerImages(program.toString(), store.blobs());
        Image image = RandomImages.of(11, Platform.HOST, store.blobs());
        for (var layer : image.lowestFirst()) {
            Path blob = store.root()
                    .resolve("blobs/sha256/" + layer.descriptor().digest().hex());
            blob.toFile().setWritable(true);
            byte[] bytes = Files.readAllBytes(blob);
            bytes[bytes.length / 2] ^= 1;
            Files.write(blob, bytes);
        }
        String name = images.nameOf(ImageRef.parse("broken:1"), false);

        assertThatThrownBy(() -> images.load(documents(image), List.of(name))).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> id(program, name)).isInstanceOf(IOException.class);
    }

    @Test
    void namesAreInTheMannerOfEachEngine() throws IOException {
        EngineImages docker = new DockerImages("no-such-docker", store.blobs());
        assertThat(docker.nameOf(ImageRef.parse("app:1"), false)).isEqualTo("app:1");
        assertThat(docker.nameOf(ImageRef.parse("shop/app:1"), true)).isEqualTo("shop/app:1");
        EngineImages containerd = new ContainerdImages("ctr", store.blobs());
        assertThat(containerd.nameOf(ImageRef.parse("app:1"), false)).isEqualTo("docker.io/library/app:1");
        for (Path program : programs) {
            EngineImages engine = new DockerImages(program.toString(), store.blobs());
            if (engine.name().equals("podman")) {
                assertThat(engine.nameOf(ImageRef.parse("app:1"), false)).isEqualTo("localhost/app:1");
                assertThat(engine.nameOf(ImageRef.parse("shop/app:1"), true)).isEqualTo("docker.io/shop/app:1");
            }
        }
    }

    @Test
    void onlyPortsAreOpenedThatAreNumbers() throws IOException {
        JsonObject ports = JsonObject.EMPTY.with("8080/tcp", JsonObject.EMPTY).with("1; rm -rf /", JsonObject.EMPTY);
        Image image = busybox();
        Image open = image.withConfig(image.config().withExecution(JsonObject.EMPTY.with("ExposedPorts", ports)));
        assertThat(new DockerImages("docker", store.blobs()).run(open, "app:1"))
                .containsExactly("docker", "run", "--rm", "-p", "8080:8080/tcp", "app:1");
    }
}
