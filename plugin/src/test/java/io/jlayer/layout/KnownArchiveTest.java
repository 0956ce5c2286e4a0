// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileState;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.RootTree;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class KnownArchiveTest extends ImageSourceContract {

    private int reads;

    private Path packed() {
        return directory.resolve("image.tar.gz");
    }

    private ImageDocuments image(long seed) throws IOException {
        return ImageDocuments.of(List.of(RandomImages.of(seed, AMD64, made.blobs())), Format.OCI);
    }

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        write(image, "1.0");
        return source("1.0");
    }

    private void write(ImageDocuments image, String name) throws IOException {
        Path file = directory.resolve("image.tar");
        new LayoutArchiveTarget(file, List.of(name), made.blobs()).write(image);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed()))) {
            Files.copy(file, out);
        }
    }

    /** Counts how often the archive is read. */
    private ImageSource source(String name) throws IOException {
        LayoutSource source = new LayoutSource(packed(), true, Optional.of(name), loaded);
        ImageSource counted = (platform, blobs) -> {
            reads++;
            return source.load(platform, blobs);
        };
        return new KnownArchive(packed(), true, name, counted, loaded, FileDigests.open(loaded, directory));
    }

    @Test
    void anUnchangedArchiveIsReadOnceAndGivesTheSame() throws IOException {
        ImageDocuments image = image(3);

        Image first = sourceOf(image).load(AMD64, loaded.blobs());
        Image second = source("1.0").load(AMD64, loaded.blobs());

        assertThat(reads).isEqualTo(1);
        assertThat(second.config().toBytes()).isEqualTo(first.config().toBytes());
        assertThat(second.annotations()).isEqualTo(first.annotations()).isNotEmpty();
        assertThat(second.manifest()).isEqualTo(first.manifest()).isPresent();
        assertThat(second.lowestFirst().stream().map(Layer::descriptor))
                .isEqualTo(first.lowestFirst().stream().map(Layer::descriptor).toList());
        RootTree.of(second.lowestFirst());
    }

    @Test
    void anotherContentIsReadThoughNameAndSizeAreTheSame() throws IOException {
        sourceOf(image(3)).load(AMD64, loaded.blobs());
        ImageDocuments other = image(4);

        Image read = sourceOf(other).load(AMD64, loaded.blobs());

        assertThat(reads).isEqualTo(2);
        assertThat(read.config()).isEqualTo(other.platforms().get(0).image().config());
    }

    @Test
    void anotherNameOrPlatformIsAnotherQuestion() throws IOException {
        sourceOf(image(3)).load(AMD64, loaded.blobs());

        assertThatThrownBy(() -> source("2.0").load(AMD64, loaded.blobs())).hasMessageContaining("2.0");
        assertThatThrownBy(() -> source("1.0").load(Platform.parse("linux/s390x"), loaded.blobs()))
                .hasMessageContaining("s390x");
    }

    @Test
    void itIsReadAgainIfALayerHasGoneFromTheStore() throws IOException {
        Image first = sourceOf(image(3)).load(AMD64, loaded.blobs());
        Files.delete(loaded.blobs().file(first.lowestFirst().get(0).descriptor().digest()));

        Image second = source("1.0").load(AMD64, loaded.blobs());

        assertThat(reads).isEqualTo(2);
        RootTree.of(second.lowestFirst());
    }

    @Test
    void anArchiveThatChangesMeanwhileIsRefusedAndNotRemembered() throws IOException {
        write(image(3), "1.0");
        LayoutSource layout = new LayoutSource(packed(), true, Optional.of("1.0"), loaded);
        ImageDocuments other = image(4);
        ImageSource changing = (platform, blobs) -> {
            write(other, "1.0");
            return layout.load(platform, blobs);
        };
        FileDigests digests = FileDigests.open(loaded, directory);

        assertThatThrownBy(() ->
                        new KnownArchive(packed(), true, "1.0", changing, loaded, digests).load(AMD64, loaded.blobs()))
                .hasMessageContaining("changed while it was being read");

        write(image(3), "1.0");
        assertThat(source("1.0").load(AMD64, loaded.blobs()).config())
                .isEqualTo(image(3).platforms().get(0).image().config());
    }

    @Test
    void aPlainLayoutIsNotHashedAndItsLayersStayThere() throws IOException {
        sourceOf(image(3));
        LayoutSource plain = new LayoutSource(directory.resolve("image.tar"), true, Optional.of("1.0"), loaded);
        FileDigests digests = FileDigests.open(loaded, directory);

        Image read = KnownArchive.of(plain, digests).load(AMD64, loaded.blobs());

        assertThat(digests.find(plain.path(), FileState.of(plain.path()))).isEmpty();
        assertThat(loaded.blobs()
                        .contains(read.lowestFirst().get(0).descriptor().digest()))
                .isFalse();
    }

    @Test
    void anArchiveOfDockerSaveIsRememberedWithItsPackedLayers() throws IOException {
        Path file = directory.resolve("docker.tar");
        ImageDocuments image = image(5);
        new DockerArchiveTarget(file, List.of("app:1.0"), made.blobs()).write(image);
        DockerArchiveSource archive = new DockerArchiveSource(file, Optional.of("app:1.0"), loaded);
        FileDigests digests = FileDigests.open(loaded, directory);

        Image first = KnownArchive.of(archive, digests).load(AMD64, loaded.blobs());
        Image second = KnownArchive.of(archive, digests).load(AMD64, loaded.blobs());

        assertThat(digests.find(file, FileState.of(file))).isPresent();
        assertThat(second.config()).isEqualTo(first.config());
        assertThat(second.lowestFirst().stream().map(Layer::descriptor))
                .isEqualTo(first.lowestFirst().stream().map(Layer::descriptor).toList());
        RootTree.of(second.lowestFirst());
    }
}
