// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.layout.ArchiveUnlessThere;
import io.jlayer.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image is called where a docker-archive is loaded: always a name with a tag, in small letters. */
class DockerArchiveNamesTest {

    @TempDir
    Path directory;

    private List<String> names(String to, String called, String... tags) throws IOException {
        Store store = Store.open(directory.resolve("store"));
        try (Registries registries = new Registries(RegistrySettings::defaults, Events.NONE)) {
            Transports transports =
                    new Transports(store, FileDigests.open(store, directory), directory, registries, warning -> {});
            return ((ArchiveUnlessThere)
                            transports.target(TransportName.parse(to, "<to>"), "<to>", called, List.of(tags), 1))
                    .target()
                    .names();
        }
    }

    @Test
    void theArtifactsNameInSmallLettersWithTheTags() throws IOException {
        assertThat(names("docker-archive:a.tar", "MyApp", "1.0", "latest"))
                .containsExactly("myapp:1.0", "myapp:latest");
    }

    @Test
    void theWrittenNameGetsTheTagsUnlessItHasOne() throws IOException {
        assertThat(names("docker-archive:a.tar:shop/app", "x", "2")).containsExactly("shop/app:2");
        assertThat(names("docker-archive:a.tar:shop/app:1", "x", "2")).containsExactly("shop/app:1");
    }

    @Test
    void aNameThatNoEngineTakesIsAnError() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> names("docker-archive:a.tar:shop//app", "x", "2"))
                .withMessageContaining("docker-archive:FILE:shop/app:1.0");
    }
}
