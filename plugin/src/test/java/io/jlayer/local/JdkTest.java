// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    @TempDir
    Path home;

    private void jdk(String release) throws IOException {
        Files.writeString(home.resolve("release"), release);
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/modules"), "modules");
        Path jlink = Files.writeString(home.resolve("bin/jlink"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(jlink, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void saysWhatItsReleaseFileSays() throws IOException {
        jdk("JAVA_VERSION=\"21.0.4\"\nLIBC=\"gnu\"\nMODULES=\"java.base java.se\"\n");
        Jdk jdk = Jdk.at(home);
        assertThat(jdk.version()).isEqualTo("21.0.4");
        assertThat(jdk.feature()).isEqualTo("21");
        assertThat(jdk.supported(List.of("java.se", "jdk.crypto.ec"))).containsExactly("java.se");
    }

    @Test
    void anotherBuildOfItIsAnother() throws IOException {
        jdk("JAVA_VERSION=\"21.0.4\"\n");
        Jdk before = Jdk.at(home);
        Files.writeString(home.resolve("lib/modules"), "other modules");
        assertThat(Jdk.at(home).identity()).isNotEqualTo(before.identity());
    }

    @Test
    void aRuntimeWithoutJlinkIsRefused() throws IOException {
        jdk("JAVA_VERSION=\"21.0.4\"\n");
        Files.delete(home.resolve("bin/jlink"));
        assertThatIOException()
                .isThrownBy(() -> Jdk.at(home))
                .withMessageContaining("no bin/jlink")
                .withMessageContaining("<from>");
    }

    @Test
    void anotherCLibraryIsRefused() throws IOException {
        jdk("JAVA_VERSION=\"21.0.4\"\nLIBC=\"musl\"\n");
        assertThatIOException()
                .isThrownBy(() -> Jdk.at(home))
                .withMessageContaining("musl")
                .withMessageContaining("<from>");
    }

    @Test
    void aDirectoryThatIsNoJdkIsNamed() {
        assertThatIOException().isThrownBy(() -> Jdk.at(home)).withMessageContaining(home.toString());
    }

    /** Where a pruning finds it, should this process be killed. */
    @Test
    void whatIsLinkedIsADraftOfTheStore(@TempDir Path place) throws IOException {
        jdk("JAVA_VERSION=\"21.0.4\"\n");
        Files.writeString(home.resolve("bin/jlink"), "#!/bin/sh\nmkdir runtime && pwd >'" + home + "/where'\n");
        try (Store store = Store.open(place.resolve("store"))) {
            LinkedRuntime linked = LinkedRuntime.link(Jdk.at(home), Set.of("java.base"), store);
            Path where = Path.of(Files.readString(home.resolve("where")).strip());
            assertThat(where.toRealPath()).hasParent(store.root().resolve("tmp").toRealPath());
            assertThat(linked.root()).exists();
            linked.close();
            assertThat(where).doesNotExist();
        }
    }
}
