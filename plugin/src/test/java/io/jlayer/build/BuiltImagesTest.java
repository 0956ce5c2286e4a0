// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.build.BuiltImages.Built;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltImagesTest {

    private static final Descriptor A = Descriptor.of(MediaType.MANIFEST, new byte[] {1});
    private static final Descriptor B = Descriptor.of(MediaType.MANIFEST, new byte[] {2});

    @TempDir
    Path directory;

    private Store store;
    private BuiltImages images;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(directory.resolve("store"));
        images = BuiltImages.of(store, directory);
    }

    private void built(int second, Descriptor root) throws IOException {
        images.add(Instant.ofEpochSecond(second), root);
    }

    private Optional<Descriptor> before(int second) throws IOException {
        return images.lastBefore(Instant.ofEpochSecond(second)).map(Built::root);
    }

    @Test
    void theFirstBuildHasNoneBeforeIt() throws IOException {
        assertThat(before(5)).isEmpty();
        built(1, A);
        assertThat(images.lastOtherThan(A.digest())).isEmpty();
        assertThat(before(1)).isEmpty();
    }

    @Test
    void aBuildThatGaveTheSameIsTheOneBefore() throws IOException {
        built(1, B);
        built(2, A);
        built(5, A);
        assertThat(before(5)).contains(A);
        assertThat(images.lastOtherThan(A.digest()).map(Built::root)).contains(B);
    }

    @Test
    void whatWasBuiltInTheSameRunIsNotTheBuildBefore() throws IOException {
        built(1, A);
        built(6, B);
        assertThat(before(5)).contains(A);
    }

    @Test
    void onlySomeAreRemembered() throws IOException {
        for (int i = 0; i < 100; i++) {
            built(i, Descriptor.of(MediaType.MANIFEST, new byte[i]));
        }
        assertThat(before(100).orElseThrow().size()).isEqualTo(99);
        assertThat(Files.size(record())).isLessThan(1000);
    }

    private Path record() throws IOException {
        try (Stream<Path> records = Files.list(store.root().resolve("records/built-v1"))) {
            return records.findFirst().orElseThrow();
        }
    }

    @Test
    void somethingElseInItsPlaceCountsAsNone() throws IOException {
        store.records("built-v1").write(Store.key(directory.toAbsolutePath().toString()), new byte[] {3, 1});
        assertThat(before(5)).isEmpty();
        built(1, A);
        assertThat(before(5)).contains(A);
    }

    @Test
    void aBuildThatGivesTheSameWritesNothing() throws Exception {
        SmallApplication application = new SmallApplication(directory);
        Path records = application.store().root().resolve("records/built-v1");
        BuildReport first = application.build();
        Path record;
        try (Stream<Path> all = Files.list(records)) {
            record = all.findFirst().orElseThrow();
        }
        Object file = Files.readAttributes(record, "unix:ino").get("ino");
        application.build();
        assertThat(Files.readAttributes(record, "unix:ino").get("ino")).isEqualTo(file);
        application.write("target/classes/more.txt", "more");
        BuildReport second = application.build();
        assertThat(BuiltImages.of(application.store(), application.output())
                        .lastOtherThan(second.image().root().digest())
                        .map(built -> built.root().digest()))
                .contains(first.image().root().digest());
    }
}
