// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Listing;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.image.ImageTargetContract;
import io.jlayer.image.ImageValidator;
import io.jlayer.image.RawImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutTargetTest extends ImageTargetContract {

    private Path layout() {
        return directory.resolve("layout");
    }

    @Override
    protected ImageTarget target() {
        return LayoutTarget.holding(layout(), store.blobs(), List.of("latest"));
    }

    @Override
    protected RawImage written() throws IOException {
        return LayoutDirectory.open(layout(), Optional.empty());
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.list(layout().resolve("blobs/sha256"))) {
            return files.toList();
        }
    }

    @Test
    void blobsAreTheStoresOwnFiles() throws IOException {
        target().write(image(1));

        for (Path blob : blobs()) {
            assertThat(Files.isSameFile(
                            blob, directory.resolve("store/blobs/sha256").resolve(blob.getFileName())))
                    .isTrue();
        }
    }

    @Test
    void onAnotherFileSystemBlobsAreCopiesAndMadeOnce() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(directory)),
                "there is no other file system");
        Path other = Files.createTempDirectory(memory, "jlayer-");
        try {
            ImageTarget target = LayoutTarget.holding(other, store.blobs(), List.of("latest"));
            target.write(image(1));
            List<Object> before = inodes(other);
            target.write(image(1));
            assertThat(inodes(other)).isEqualTo(before);
            try (RawImage raw = LayoutDirectory.open(other, Optional.empty())) {
                assertThat(new ImageValidator(raw.blobs()).validate(raw.root())).isEmpty();
            }
        } finally {
            List<Path> all = Listing.below(other);
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.delete(all.get(i));
            }
        }
    }

    private static List<Object> inodes(Path layout) throws IOException {
        List<Object> inodes = new ArrayList<>();
        for (Path blob : Listing.below(layout.resolve("blobs"))) {
            inodes.add(Files.getAttribute(blob, "unix:ino"));
            assertThat(blob.getFileName().toString()).doesNotEndWith(".tmp");
        }
        return inodes;
    }

    @Test
    void onlyTheLastImageStays() throws IOException {
        target().write(image(1));
        ImageDocuments last = image(2);
        target().write(last);

        assertThat(blobs()).hasSize(last.layers().size() + last.documents().size());
    }

    @Test
    void whatCanBeNoBlobStays() throws IOException {
        target().write(image(1));
        Path stray = Files.writeString(layout().resolve("blobs/.DS_Store"), "a Mac was here");
        Path directory = Files.createDirectories(layout().resolve("blobs/sha256/not/empty"));

        target().write(image(2));

        assertThat(stray).exists();
        assertThat(directory).exists();
        whatIsThereIsSound();
    }

    @Test
    void aDamagedBlobIsMended() throws IOException {
        target().write(image(1));
        Path blob = blobs().get(0);
        Files.delete(blob);
        Files.write(blob, "garbage".getBytes(UTF_8));

        target().write(image(1));

        whatIsThereIsSound();
    }

    private void whatIsThereIsSound() throws IOException {
        try (RawImage raw = written()) {
            assertThat(new ImageValidator(raw.blobs()).validate(raw.root())).isEmpty();
        }
    }

    @Test
    void anotherImageInTheSameLayoutStays() throws IOException {
        LayoutTarget.among(layout(), store.blobs(), List.of("one")).write(image(1));
        LayoutTarget.among(layout(), store.blobs(), List.of("two", "three")).write(image(2));

        assertThat(LayoutDirectory.open(layout(), Optional.of("one")).root())
                .isNotEqualTo(LayoutDirectory.open(layout(), Optional.of("two")).root());
        assertThatThrownBy(() -> LayoutDirectory.open(layout(), Optional.empty()))
                .hasMessageContaining("several images")
                .hasMessageContaining("[one, two, three]");
        assertThatThrownBy(() -> LayoutDirectory.open(layout(), Optional.of("four")))
                .hasMessageContaining("no image 'four'");
    }

    @Test
    void whatOthersSayOfTheirImagesStays() throws IOException {
        LayoutTarget.among(layout(), store.blobs(), List.of("one")).write(image(1));
        Path index = layout().resolve("index.json");
        String more = "\"urls\":[\"https://example.com/\"],\"artifactType\":\"application/x\"";
        String whole = "\"annotations\":{\"a\":\"1\"},\"artifactType\":\"application/y\",\"later\":[1]";
        String theirs = Files.readString(index).replaceFirst("\\}]}$", "," + more + "}]," + whole + "}");
        Files.writeString(index, theirs);

        LayoutTarget.among(layout(), store.blobs(), List.of("two")).write(image(2));

        String entry = theirs.substring(theirs.indexOf("[{") + 1, theirs.indexOf("}],") + 1);
        assertThat(Files.readString(index)).contains(entry + ",{").endsWith("}]," + whole + "}");
    }

    @Test
    void manyWritersAtOnceLoseNoName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Object>> writes = IntStream.range(0, 16)
                    .mapToObj(number -> threads.submit(() -> {
                        LayoutTarget.among(layout(), store.blobs(), List.of("name" + number))
                                .write(image(number));
                        return null;
                    }))
                    .toList();
            for (Future<Object> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int number = 0; number < 16; number++) {
            LayoutDirectory.open(layout(), Optional.of("name" + number));
        }
    }

    @Test
    void somebodysDirectoryIsNotLittered() throws IOException {
        Files.createDirectories(layout());
        Files.writeString(layout().resolve("thesis.tex"), "x");

        assertThatThrownBy(() -> target().write(image(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("thesis.tex");
        try (Stream<Path> files = Files.list(layout())) {
            assertThat(files).hasSize(1);
        }
    }
}
