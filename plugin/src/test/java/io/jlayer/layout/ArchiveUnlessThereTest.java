// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileState;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.image.ImageTargetContract;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveUnlessThereTest extends ImageTargetContract {

    private Path file() {
        return directory.resolve("image.tar");
    }

    @Override
    protected ImageTarget target() {
        return target("1.0", new SlowBlobs(store.blobs(), 120));
    }

    private ImageTarget target(String name, BlobStore blobs) {
        return new ArchiveUnlessThere(new LayoutArchiveTarget(file(), List.of(name), blobs), store);
    }

    @Override
    protected RawImage written() throws IOException {
        return new LayoutSource(file(), true, Optional.empty(), store).open();
    }

    /** With these, an archive takes longer than a tick of the file system's clock, as those of real images do. */
    private record SlowBlobs(BlobStore blobs, long millis) implements BlobStore {

        @Override
        public Blob get(Digest digest) throws IOException {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return blobs.get(digest);
        }

        @Override
        public boolean contains(Digest digest) throws IOException {
            return blobs.contains(digest);
        }

        @Override
        public BlobDraft draft() throws IOException {
            return blobs.draft();
        }
    }

    /** Whether a write puts another file there; then it is whole. */
    private boolean writes(ImageTarget target, ImageDocuments image) throws IOException {
        Optional<FileState> before = Files.exists(file()) ? Optional.of(FileState.of(file())) : Optional.empty();
        target.write(image);
        boolean written = !Optional.of(FileState.of(file())).equals(before);
        if (written) {
            byte[] there = Files.readAllBytes(file());
            new LayoutArchiveTarget(file(), List.of("1.0"), store.blobs()).write(image);
            assertThat(there).isEqualTo(Files.readAllBytes(file()));
        }
        return written;
    }

    @Test
    void theSameImageIsWrittenOnce() throws IOException {
        ImageDocuments image = image(7);
        target().write(image);

        assertThat(writes(target(), image)).isFalse();
        assertThat(writes(target(), image(8))).isTrue();
    }

    @Test
    void aDamageOfTheSameSizeIsMendedHoweverSoonItComes() throws IOException {
        ImageDocuments image = image(7);
        target().write(image);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}), 1000);
        }

        assertThat(writes(target(), image)).isTrue();
    }

    @Test
    void whatAnotherPutThereIsReplaced() throws IOException {
        ImageDocuments image = image(7);
        target().write(image);
        FileTime time = Files.getLastModifiedTime(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[1000] ^= 1;
        Files.delete(file());
        Files.write(file(), bytes);
        Files.setLastModifiedTime(file(), time);

        assertThat(writes(target(), image)).isTrue();
    }

    @Test
    void whatIsGoneIsWritten() throws IOException {
        ImageDocuments image = image(7);
        target().write(image);
        Files.delete(file());

        assertThat(writes(target(), image)).isTrue();
    }

    @Test
    void anotherNameIsAnotherArchive() throws IOException {
        ImageDocuments image = image(7);
        target("2.0", new SlowBlobs(store.blobs(), 120)).write(image);

        assertThat(writes(target(), image)).isTrue();
    }

    @Test
    void anotherKindIsAnotherArchive() throws IOException {
        ImageDocuments image = image(7);
        BlobStore slow = new SlowBlobs(store.blobs(), 120);
        new ArchiveUnlessThere(new DockerArchiveTarget(file(), List.of("1.0"), slow), store).write(image);

        assertThat(writes(target(), image)).isTrue();
    }

    /** Its time would be that of a write just behind it. */
    @Test
    void anArchiveWrittenWithinATickIsNotReliedOn() throws IOException {
        long began = System.nanoTime();
        Optional<FileState> state = new LayoutArchiveTarget(file(), List.of("1.0"), store.blobs()).replace(image(7));

        assertThat(state.isEmpty() || System.nanoTime() - began > 50_000_000).isTrue();
    }
}
