// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Store;
import io.jlayer.engine.EngineException;
import io.jlayer.engine.EngineException.Kind;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.UnservedPlatformException;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineRemediesTest {

    private static String told(String name, IOException failure) throws IOException {
        return EngineRemedies.of(TransportName.parse(name, "<from>"), ImageUse.BASE, failure)
                .getMessage();
    }

    private static String told(String name, Kind kind, String message) throws IOException {
        return told(name, new EngineException(kind, message, null));
    }

    @Test
    void eachRefusalIsToldWithWhatWhereAndHow() throws IOException {
        assertThat(told("docker-daemon:shop/app:1", Kind.NO_IMAGE, "docker has no image shop/app:1"))
                .startsWith("the base image cannot be used: docker has no image shop/app:1"
                        + " (<from>docker-daemon:shop/app:1</from>)\n  To fix: ")
                .contains("docker pull shop/app:1", "in its registry, write shop/app:1 alone");
        assertThat(told("containers-storage:sha256:0123", Kind.NO_IMAGE, "podman has no image sha256:0123"))
                .contains("podman image ls")
                .doesNotContain("pull");
        assertThat(told("docker-daemon:app", Kind.NOT_INSTALLED, "docker is not installed"))
                .contains("install docker", "docker-archive:FILE", "containers-storage:NAME");
        assertThat(told("docker-daemon:app", Kind.NO_ANSWER, "docker does not answer: Permission denied"))
                .contains("group of its socket", "DOCKER_HOST", "docker info");
        assertThat(told("docker-daemon:app", Kind.NO_ANSWER, "docker does not answer: Cannot connect"))
                .contains("To fix: start it", "DOCKER_HOST", "docker info");
        assertThat(told("docker-daemon:app", Kind.OFFLINE, "offline")).contains("once without -o");
        assertThat(told("docker-daemon:app", new IOException("read app from docker: cut off")))
                .contains("docker save app -o FILE");
    }

    @Test
    void anotherPlatformIsToldWithTheOneThatIsThere(@TempDir Path directory) throws IOException {
        Store store = Store.open(directory);
        ImageDocuments image = ImageDocuments.of(List.of(Image.scratch(Platform.parse("linux/s390x"))), Format.OCI);
        for (var document : image.documents()) {
            store.blobs().put(document.descriptor(), document.blob());
        }
        UnservedPlatformException[] thrown = new UnservedPlatformException[1];
        assertThatIOException()
                .isThrownBy(() ->
                        new ImageLoader(store.blobs(), store.blobs()).load(image.root(), Platform.parse("linux/arm64")))
                .satisfies(e -> thrown[0] = (UnservedPlatformException) e);

        assertThat(told("docker-daemon:app:1", thrown[0]))
                .contains(
                        "offered are [linux/s390x]",
                        "-Djlayer.platforms=linux/s390x",
                        "docker pull --platform linux/arm64 app:1");
    }

    @Test
    void aFullDiskIsNoFaultOfTheEngines() {
        assertThatIOException()
                .isThrownBy(() -> told("docker-daemon:app", new IOException("write: No space left on device")))
                .withMessage("write: No space left on device");
    }
}
