// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RandomImages;
import io.jlayer.layout.DockerArchiveTarget;
import io.jlayer.layout.LayoutArchiveTarget;
import io.jlayer.oci.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases in archives that would have to be unpacked or hashed to know what is in them: one build does it for all. */
class PackedBaseTest {

    @TempDir
    Path directory;

    private SmallApplication application;
    private ImageDocuments image;

    @BeforeEach
    void project() throws IOException {
        application = new SmallApplication(directory);
        image = ImageDocuments.of(
                List.of(RandomImages.of(
                        5, application.platforms.get(0), application.store().blobs())),
                Format.OCI);
    }

    private Path archive() {
        return application.project.resolve("base.tar");
    }

    private void remembered() throws IOException {
        BuildReport first = application.build();
        Path records = application.store().root().resolve("records/archives-v2");
        try (Stream<Path> all = Files.list(records)) {
            assertThat(all).hasSize(1);
        }

        BuildReport second = application.build();

        assertThat(second.image().root()).isEqualTo(first.image().root());
    }

    @Test
    void aPackedLayout() throws IOException {
        new LayoutArchiveTarget(archive(), List.of("1.0"), application.store().blobs()).write(image);
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(archive().resolveSibling("base.tar.gz")))) {
            Files.copy(archive(), out);
        }
        application.from = "oci-archive:base.tar.gz";
        remembered();
    }

    @Test
    void anArchiveOfDockerSave() throws IOException {
        new DockerArchiveTarget(
                        archive(), List.of("app:1.0"), application.store().blobs())
                .write(image);
        application.from = "docker-archive:base.tar";
        remembered();
    }
}
