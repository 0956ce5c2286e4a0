// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.image.Image;
import io.jlayer.image.Images;
import io.jlayer.layer.Layer;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what a trial wrote may go is known before it runs, since it is lost if it cannot go there. */
class TrialImageTest {

    @TempDir
    Path directory;

    private void refused(String image, String... words) throws IOException {
        try (Registries registries =
                new Registries(() -> RegistrySettings.defaults().withOffline(true), Events.NONE)) {
            TrialImage images =
                    new TrialImage(Store.open(directory.resolve("store")), directory, registries, warning -> {});
            assertThatThrownBy(() -> images.load(image))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll(words)
                    .hasMessageContaining("-Djlayer.try.image")
                    .hasMessageNotContaining("<from>");
        }
    }

    @Test
    void whatCannotBeUnpackedIsToldWithARemedy() throws IOException {
        Path file = Files.createFile(directory.resolve("app.tar"));
        IOException broken = new IOException("unpack layer x: it is no tar");
        IOException full = new FileSystemException("/store/x", null, "No space left on device");
        try (Registries registries = new Registries(RegistrySettings::defaults, Events.NONE)) {
            TrialImage images =
                    new TrialImage(Store.open(directory.resolve("store")), directory, registries, warning -> {});
            assertThat(images.unusable(Optional.of("oci-archive:" + file), broken))
                    .hasMessageStartingWith(
                            "the image cannot be used: unpack layer x: it is no tar (<try><image>, or -Djlayer")
                    .hasMessageContaining("To fix: name an image of the kind");
            assertThat(images.unusable(Optional.empty(), broken))
                    .hasMessageContaining("it is no tar (<from>)\n  To fix: name another base");
            assertThatThrownBy(() -> images.unusable(Optional.empty(), full)).isSameAs(full);
            assertThatThrownBy(() -> images.unusable(Optional.of("oci-archive:" + file), full))
                    .isSameAs(full);
        }
    }

    @Test
    void filesWithoutATransportAreToldWithOne() throws IOException {
        Files.createFile(directory.resolve("app.tar"));
        Files.createFile(
                Files.createDirectories(directory.resolve("target/image")).resolve("oci-layout"));

        refused("app.tar", "'app.tar' is here", "docker-archive:app.tar if docker save wrote it, oci-archive:app.tar");
        refused("target/image", "To fix: write oci:target/image");
        refused("docker://app.tar", "offline");
        refused("other.tar", "offline");
    }

    @Test
    void whatIsWrongIsBlamedOnTheTrialsOwnSetting() throws IOException {
        refused("registry.example.com/shop/app:9", "the image cannot be used");
        refused("oci-archive:none.tar", "the image cannot be used");
        refused("containers-storage:--help", "names no image", "podman image ls");
        refused("Alpine", "'Alpine' is not a valid repository");
    }

    /** It is known only when the trial has run, and then its writes would be lost. */
    @Test
    void dateThatIsNoneCostsNoCommit() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        try (Registries registries =
                new Registries(() -> RegistrySettings.defaults().withOffline(true), Events.NONE)) {
            TrialImage images = new TrialImage(store, directory, registries, warning -> {});
            Layer layer = Images.layer(store.blobs(), Images.file("x", "1"));
            Image image = Images.image(Platform.HOST, layer);
            for (String created : List.of("", "yesterday")) {
                ImageConfig config = new ImageConfig(image.config().json().with("created", created));
                images.commit(image.withConfig(config), layer, "oci:" + directory.resolve("made") + ":one");
                assertThat(images.load("oci:" + directory.resolve("made") + ":one")
                                .lowestFirst())
                        .hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "with-1.0_x", "oci-archive:app.tar", "oci:directory:tag", "docker-archive:a.tar"})
    void namesAndTargetsOnThisMachineAreTaken(String name) {
        assertThatCode(() -> TrialImage.checkCommit(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad name!", "", "-x", ".."})
    void whatIsNoTagIsSaid(String name) {
        assertThatThrownBy(() -> TrialImage.checkCommit(name))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("'" + name + "' is no tag", "<try><commit>", "my-trial-1");
    }

    @Test
    void theWayToARegistryIsOneThatWorks() {
        assertThatThrownBy(() -> TrialImage.checkCommit("docker://registry.example.com/app"))
                .hasMessageContaining(":NAME docker://registry.example.com/app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000/shop/app:1", "registry.example.com/shop/app", "shop/app"})
    void registriesAreRefusedWithAWayThere(String name) {
        assertThatThrownBy(() -> TrialImage.checkCommit(name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not pushed to " + name)
                .hasMessageContaining("skopeo copy oci:target/jlayer/commits:NAME docker://" + name);
    }
}
