// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.Images;
import io.jlayer.layout.DockerArchiveTarget;
import io.jlayer.layout.LayoutArchiveTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySettings;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images on {@code jdk:} that became bases, in all the ways in which that can be. */
class JdkBaseTest {

    private static final String REFUSED = "the base is an image on jdk:";

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void project() throws IOException {
        application = new SmallApplication(directory);
    }

    private static History line(String createdBy, String comment) {
        return new History(Optional.empty(), createdBy, comment, false);
    }

    private void write(History... lines) throws IOException {
        Store store = application.store();
        Image image = Image.scratch(Platform.parse("linux/amd64"));
        for (History line : lines) {
            image = image.append(
                    Images.layer(
                            store.blobs(), Images.file("etc/" + line.comment().length(), "")),
                    line);
        }
        ImageDocuments documents = ImageDocuments.of(List.of(image), Format.OCI);
        Path there = application.project;
        LayoutTarget.among(there.resolve("layout"), store.blobs(), List.of("1")).write(documents);
        new LayoutArchiveTarget(there.resolve("oci.tar"), List.of("1"), store.blobs()).write(documents);
        new DockerArchiveTarget(there.resolve("docker.tar"), List.of("app:1"), store.blobs()).write(documents);
    }

    private void push(String from, boolean force) throws IOException {
        push(from, force, "registry.example.com/shop/app");
    }

    private void push(String from, boolean force, String to) throws IOException {
        application.from = from;
        application.to.add(to);
        try (Registries registries =
                new Registries(() -> RegistrySettings.defaults().withOffline(true), Events.NONE)) {
            new ApplicationImage(
                            application.store(),
                            application.application(),
                            application.settings(force),
                            registries,
                            application.warnings::add,
                            application.hints::add)
                    .push();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci:layout", "oci-archive:oci.tar", "docker-archive:docker.tar"})
    void isNotPushedHoweverItCame(String from) throws IOException {
        write(
                line("jlayer", "system libraries and files"),
                line("jlayer", "Java runtime 17.0.15"),
                line("jlayer", "classes"),
                line("RUN apt-get update # buildkit", "buildkit.dockerfile.v0"));
        assertThatThrownBy(() -> push(from, false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(REFUSED)
                .hasMessageContaining("<from>" + from + "</from>")
                .hasMessageContaining("-Djlayer.push.force=true");
        assertThatThrownBy(() -> push(from, true)).message().doesNotContain(REFUSED);
        application.to.clear();
        assertThat(application.build().written()).isTrue();
    }

    @Test
    void thereIsNoRegistryWithoutAnImageInOne() {
        assertThatThrownBy(() -> push("oci:layout", true, "oci:elsewhere"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no registry to push to (<to>)")
                .hasMessageContaining("<to><image>registry.example.com/");
    }

    @Test
    void othersMayGo() throws IOException {
        write(
                line("jlayer", "Java runtime 21"),
                line("sh", "system libraries and files"),
                line("jlayer", "Java runtime"));
        assertThatThrownBy(() -> push("oci:layout", false)).message().doesNotContain(REFUSED);
    }
}
