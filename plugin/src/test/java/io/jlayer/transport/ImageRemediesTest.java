// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RandomImages;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What helps where an image cannot be had follows from why. */
class ImageRemediesTest {

    @TempDir
    Path directory;

    private String opened(String name, Optional<Platform> platform) throws IOException {
        try (Store store = Store.open(directory.resolve("store"));
                Registries registries =
                        new Registries(() -> RegistrySettings.defaults().withOffline(true), Events.NONE)) {
            Transports transports =
                    new Transports(store, FileDigests.open(store, directory), directory, registries, warning -> {});
            UserError[] error = new UserError[1];
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> OpenedImage.open(transports, store, name, platform, ImageRemedies.in(directory))
                            .close())
                    .satisfies(thrown -> error[0] = thrown);
            return error[0].getMessage();
        }
    }

    private String opened(String name) throws IOException {
        return opened(name, Optional.empty());
    }

    private void layout(String... names) throws IOException {
        try (Store store = Store.open(directory.resolve("store"))) {
            int seed = 1;
            for (String name : names) {
                Image image = RandomImages.of(seed++, Platform.HOST, store.blobs());
                LayoutTarget.among(directory.resolve("layout"), store.blobs(), List.of(name))
                        .write(ImageDocuments.of(List.of(image), Format.OCI));
            }
        }
    }

    @Test
    void offlineNothingIsWrongWithTheName() throws IOException {
        assertThat(opened("debian:12"))
                .contains("there is no image to look at: ", "offline")
                .endsWith("To fix: run once without -o, so that it is fetched and remembered");
    }

    @Test
    void whatIsNotThereMayBeMisspeltOrNotBuiltYet() throws IOException {
        assertThat(opened("oci:lauout")).contains("there is no directory").endsWith("To fix: correct the name");
        assertThat(opened("oci-archive:a.tar")).contains("there is no file").endsWith("To fix: correct the name");
        assertThat(opened("oci:target/jlayer/image")).endsWith("or build what it names: mvn package jlayer:build");
    }

    @Test
    void whatIsOfAnotherKindIsToBeNamedOtherwise() throws IOException {
        Files.writeString(directory.resolve("a.tar"), "text");
        Files.createDirectories(directory.resolve("empty"));
        assertThat(opened("docker-archive:a.tar")).contains("of the kind that docker-archive: means");
        assertThat(opened("oci:empty")).contains("is no OCI image layout", "of the kind that oci: means");
    }

    @Test
    void ofSeveralOneIsToBeChosen() throws IOException {
        layout("one", "two");
        assertThat(opened("oci:layout"))
                .contains("several images; it has the names [one, two]")
                .endsWith("To fix: say which one is meant, behind a colon: oci:DIRECTORY:NAME");
        assertThat(opened("oci:layout:three")).contains("no image 'three'", "oci:DIRECTORY:NAME");
        assertThat(opened("oci:layout:one", Optional.of(Platform.parse("linux/s390x"))))
                .contains("offered are")
                .endsWith("To fix: choose one of those by -Djlayer.platforms");
    }

    @Test
    void theCauseDecidesHoweverDeepItIs() {
        ImageRemedies remedies = ImageRemedies.in(directory);
        assertThat(remedies.of("oci:layout", new IOException("read", new AccessDeniedException("/secret"))))
                .isEqualTo("let the user that runs Maven read /secret");
        IOException damaged = new IOException("read", new DamagedBlobException(Digest.sha256("a"), "cut"));
        assertThat(remedies.of("oci:layout", damaged)).contains("it is damaged");
        assertThat(remedies.of("r.io/app", damaged)).contains("Nothing of it was kept");
        assertThat(remedies.of("r.io/app", new IOException("it is no image"))).contains("pushed there again");
        IOException refused = new IOException("connect", new ConnectException());
        assertThat(ImageRemedies.ofAny(List.of("oci:layout", "localhost:1/app"), refused))
                .hasValueSatisfying(remedy -> assertThat(remedy).contains("start what it names"));
        assertThat(ImageRemedies.ofAny(List.of("oci:layout"), refused)).isEmpty();
    }

    @Test
    void aFullDiskIsNoFaultOfTheImage() {
        IOException full = new IOException("write: No space left on device");
        assertThatThrownBy(() -> ImageRemedies.in(directory).unusable("none", "", "oci:layout", full))
                .isSameAs(full);
    }
}
