// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RawImage;
import io.jlayer.image.RootTree;
import io.jlayer.layout.LayoutArchiveTarget;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images read from the engines that are installed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineSourcePeerTest {

    private Path directory;
    private RealEngines engines;
    private List<Path> programs = List.of();
    private Store made;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        engines = RealEngines.start();
        programs = engines.programs();
        directory = shared;
        made = Store.open(shared.resolve("made"));
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

    private ImageDocuments image(long seed) throws IOException {
        return ImageDocuments.of(List.of(RandomImages.of(seed, Platform.HOST, made.blobs())), Format.OCI);
    }

    private void loadInto(Path program, ImageDocuments image, String name) throws IOException {
        EngineImages into = new DockerImages(program.toString(), made.blobs());
        into.load(image, List.of(into.nameOf(ImageRef.parse(name), false)));
    }

    private static EngineSource source(Path program, String name, Store store) {
        return new EngineSource(program.toString(), new EngineName(name), store, () -> false, warning -> {});
    }

    private static List<Descriptor> layers(Image image) {
        List<Descriptor> layers = new ArrayList<>();
        image.lowestFirst().forEach(layer -> layers.add(layer.descriptor()));
        return layers;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void anImageComesBackByAllItsNames(Path program) throws IOException {
        ImageDocuments image = image(21);
        loadInto(program, image, "back:1");
        loadInto(program, image, "back:latest");
        String id = image.platforms().get(0).manifest().config().digest().hex();
        Store store = Store.open(directory.resolve("back-" + program.getFileName()));
        List<Descriptor> first = List.of();
        for (String name :
                List.of("back:1", "back", id, "sha256:" + id, id.substring(0, 12), "sha256:" + id.substring(0, 12))) {
            Image read = source(program, name, store).load(Platform.HOST, store.blobs());

            assertThat(read.config().toBytes())
                    .isEqualTo(image.platforms().get(0).image().config().toBytes());
            RootTree.of(read.lowestFirst()); // reads and checks all
            first = first.isEmpty() ? layers(read) : first;
            assertThat(layers(read)).isEqualTo(first);
        }
        try (RawImage raw = source(program, "back:1", store).open(List.of())) {
            assertThat(new ImageValidator(raw.blobs()).validate(raw.root())).isEmpty();
        }
        assertThat(store.root().resolve("tmp").toFile().list()).isEmpty();
    }

    /** Podman keeps manifests, and writes others' words only for images that are in them. */
    @Test
    void podmansOwnFormKeepsItsId() throws IOException {
        List<Path> podman =
                programs.stream().filter(program -> program.endsWith("podman")).toList();
        assumeTrue(!podman.isEmpty(), "needs podman and runc");
        for (Path program : podman) {
            ImageDocuments image = image(22);
            Path archive = directory.resolve("own.tar");
            new LayoutArchiveTarget(archive, List.of("localhost/own:1"), made.blobs()).write(image);
            HostCommand.runAsUser(List.of(program.toString(), "load", "--input", archive.toString()));
            assertThat(HostCommand.runAsUser(
                            List.of(program.toString(), "image", "inspect", "--format", "{{.ManifestType}}", "own:1")))
                    .contains("oci");
            Store store = Store.open(directory.resolve("own"));

            Image read = source(program, "own:1", store).load(Platform.HOST, store.blobs());

            assertThat(read.config().toBytes())
                    .isEqualTo(image.platforms().get(0).image().config().toBytes());
            assertThat(read.annotations())
                    .isEqualTo(image.platforms().get(0).image().annotations());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void anUnchangedImageIsReadOnce(Path program) throws IOException {
        loadInto(program, image(23), "once:1");
        Path noting = Files.createDirectories(directory.resolve("noting-" + program.getFileName()))
                .resolve(program.getFileName());
        Path asked = noting.resolveSibling("asked");
        Files.writeString(noting, "#!/bin/sh\necho \"$*\" >>" + asked + "\nexec " + program + " \"$@\"\n");
        noting.toFile().setExecutable(true);
        Store store = Store.open(directory.resolve("once-" + program.getFileName()));
        Image first = source(noting, "once:1", store).load(Platform.HOST, store.blobs());
        Files.delete(asked);

        Image second = source(noting, "once:1", store).load(Platform.HOST, store.blobs());

        assertThat(layers(second)).isEqualTo(layers(first));
        assertThat(Files.readAllLines(asked)).singleElement().asString().startsWith("image inspect");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsNotThereIsSaid(Path program) throws IOException {
        Store store = Store.open(directory.resolve("none-" + program.getFileName()));
        assertThatThrownBy(() -> source(program, "not-there:1", store).open(List.of()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_IMAGE))
                .hasMessage(program.getFileName() + " has no image not-there:1");
    }
}
