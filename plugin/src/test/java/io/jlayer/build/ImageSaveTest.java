// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RandomImages;
import io.jlayer.layout.DockerArchiveSource;
import io.jlayer.layout.DockerArchiveTarget;
import io.jlayer.layout.LayoutSource;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySettings;
import io.jlayer.transport.ProjectOutput;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images by their names, saved as one file. */
class ImageSaveTest {

    private static final Digest A = Digest.sha256("a");

    @TempDir
    Path directory;

    private ImageSave.Done save(String image, String file, String as, Platform... platforms) throws IOException {
        Store store = Store.open(directory.resolve("store"));
        try (Registries registries = new Registries(RegistrySettings::defaults, Events.NONE)) {
            return new ImageSave(store, directory, registries, warning -> {}, file, as)
                    .save(image, List.of(platforms), List.of());
        }
    }

    /** As of docker save: the file's name says nothing of the image, and the project that it lies in did not build it. */
    @Test
    void aDockerArchiveIsCalledAsItSays() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        List<ProjectOutput> projects = List.of(new ProjectOutput(directory.resolve("target"), "shop"));
        Path target = Files.createDirectory(directory.resolve("target"));
        ImageDocuments image = ImageDocuments.of(List.of(RandomImages.of(1, Platform.HOST, store.blobs())), Format.OCI);
        new DockerArchiveTarget(target.resolve("db.tar"), List.of("postgres:16"), store.blobs()).write(image);
        new DockerArchiveTarget(target.resolve("two.tar"), List.of("a:1", "b:2"), store.blobs()).write(image);
        try (Registries registries = new Registries(RegistrySettings::defaults, Events.NONE)) {
            for (String name : List.of("db", "two")) {
                new ImageSave(store, directory, registries, warning -> {}, name + "-saved.tar", "docker-archive")
                        .save("docker-archive:target/" + name + ".tar", List.of(), projects);
            }
        }

        hasName("db-saved.tar", "postgres:16", store);
        hasName("two-saved.tar", "two:latest", store);
    }

    private void hasName(String file, String name, Store store) throws IOException {
        new DockerArchiveSource(directory.resolve(file), Optional.of(name), store)
                .open()
                .close();
    }

    private ImageDocuments layout() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        Image here = RandomImages.of(1, Platform.HOST, store.blobs());
        Image other = RandomImages.of(2, Platform.parse("linux/riscv64"), store.blobs());
        ImageDocuments both = ImageDocuments.of(List.of(here, other), Format.DOCKER);
        LayoutTarget.among(directory.resolve("layout"), store.blobs(), List.of("1.0"))
                .write(both);
        return both;
    }

    @Test
    void anArchiveHoldsTheManifestAsItIsForOnePlatform() throws IOException {
        ImageDocuments both = layout();
        ImageSave.Done done = save("oci:layout", "a.tar", "");
        assertThat(done.id())
                .isEqualTo(both.platforms().get(0).descriptor().digest().toString());
        assertThat(done.file()).isEqualTo(directory.resolve("a.tar"));
        assertThat(done.bytes()).isEqualTo(Files.size(done.file()));
        try (Store store = Store.open(directory.resolve("store"));
                var raw = new LayoutSource(done.file(), true, Optional.of("1.0"), store).open()) {
            assertThat(raw.root().digest()).hasToString(done.id());
        }
        save("oci:layout", "b.tar", "oci-archive");
        assertThat(directory.resolve("b.tar")).hasSameBinaryContentAs(directory.resolve("a.tar"));
    }

    @Test
    void aDockerArchiveKeepsTheImageIdAndHasAName() throws IOException {
        ImageDocuments both = layout();
        ImageSave.Done done = save("oci:layout:1.0", "docker-archive:d.tar", "");
        assertThat(done.id())
                .as("the archive has no manifest of ours")
                .isEqualTo(both.platforms().get(0).manifest().config().digest().toString());
        Store store = Store.open(directory.resolve("store"));
        try (var raw = new DockerArchiveSource(directory.resolve("d.tar"), Optional.of("layout:1.0"), store).open()) {
            assertThat(raw.blobs()
                            .contains(
                                    both.platforms().get(0).manifest().config().digest()))
                    .isTrue();
        }
    }

    @Test
    void severalPlatformsGiveAnIndexOfTheSameManifests() throws IOException {
        ImageDocuments both = layout();
        ImageSave.Done done = save("oci:layout", "a.tar", "", Platform.HOST, Platform.parse("linux/riscv64"));
        try (Store store = Store.open(directory.resolve("store"));
                var raw = new LayoutSource(done.file(), true, Optional.empty(), store).open()) {
            byte[] index = raw.blobs().readSmall(raw.root(), 100_000);
            assertThat(Index.parse(index, raw.root().mediaType()).manifests())
                    .isEqualTo(both.platforms().stream()
                            .map(ImageDocuments.Platformed::descriptor)
                            .toList());
        }
        refused(
                "oci:layout",
                "d.tar",
                "docker-archive",
                "use oci-archive:FILE",
                Platform.HOST,
                Platform.parse("linux/riscv64"));
    }

    @Test
    void slipsAreTold() throws IOException {
        layout();
        refused("oci:layout", "a.tar", "oci-archiv", "did you mean oci-archive?");
        refused("oci:layout", "oci:dir", "", "-Djlayer.to=oci:dir");
        refused("oci:layout", "docker-archive:a.tar", "oci-archive", "leave one of the two out");
        refused("oci:layout", "", "", "-Djlayer.save.file=app.tar");
        refused("oci:nothing", "a.tar", "", "-Djlayer.image=oci:nothing");
        refused("oci:layout", "a.tar", "", "offered are", Platform.parse("linux/s390x"));
        assertThat(directory.resolve("a.tar")).doesNotExist();
    }

    @Test
    void namesOfImagesInRegistriesAreNoFiles() throws IOException {
        layout();
        for (String name : List.of("docker.io/foo:1", "shop/app", "app:1.0", "localhost:5000/app", "r.io/a@" + A)) {
            refused("oci:layout", name, "", "looks like the name of an image in a registry");
            refused("oci:layout", name, "docker-archive", "-Djlayer.to=" + name);
        }
        for (String name : List.of("./app:1.0", "new/app.tar:1.0", "a b-12:30.tar")) {
            refused("oci:layout", name, "", "has a colon");
        }
        assertThat(save("oci:layout", "app", "").file()).exists();
        assertThat(save("oci:layout", "oci-archive:new/app.tar:1.0", "").file()).exists();
        Files.createDirectories(directory.resolve("shop"));
        assertThat(save("oci:layout", "shop/app", "").file()).isEqualTo(directory.resolve("shop/app"));
    }

    @Test
    void aDirectoryGetsAFileOfTheImagesName() throws IOException {
        layout();
        Path there = Files.createDirectory(directory.resolve("there"));
        assertThat(save("oci:layout", "there", "").file()).isEqualTo(there.resolve("layout-1.0.tar"));
        assertThat(save("oci:layout", "./", "").file().normalize()).isEqualTo(directory.resolve("layout-1.0.tar"));
        assertThat(save("oci:layout:1.0", "new/dir/", "docker-archive").file())
                .isEqualTo(directory.resolve("new/dir/layout-1.0.tar"))
                .isRegularFile();
        assertThat(save("oci:layout", "oci-archive:new/:2.0", "").file())
                .isEqualTo(directory.resolve("new/layout-1.0.tar"));
        new LayoutSource(
                        directory.resolve("new/layout-1.0.tar"),
                        true,
                        Optional.of("2.0"),
                        Store.open(directory.resolve("store")))
                .open()
                .close();
        Files.writeString(directory.resolve("file.tar"), "");
        refused("oci:layout", "file.tar/", "", "is a file");
        assertThat(directory.resolve("file.tar")).isEmptyFile();
    }

    private void refused(String image, String file, String as, String message, Platform... platforms) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> save(image, file, as, platforms))
                .withMessageContaining(message);
    }
}
