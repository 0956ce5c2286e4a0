// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftDirectoryTest {

    @TempDir
    Path root;

    @Test
    void itGoesWithAllThatIsInIt() throws IOException {
        try (Store store = Store.open(root.resolve("store"))) {
            Path outside = Files.writeString(root.resolve("outside"), "stays");
            Path path;
            try (DraftDirectory draft = store.draftDirectory("jdk-")) {
                path = draft.path();
                assertThat(path).isEmptyDirectory().hasParent(store.root().resolve("tmp"));
                Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "goes");
                Files.createSymbolicLink(path.resolve("link"), outside);
            }
            assertThat(path).doesNotExist();
            assertThat(outside).hasContent("stays");
        }
    }

    /** As a build does that was killed; the next day's removes it. */
    @Test
    void whatWasLeftIsADraftOfTheStore() throws IOException {
        Path place = root.resolve("store");
        Path left;
        try (Store store = Store.open(place)) {
            left = store.draftDirectory("jdk-").path();
            Files.writeString(Files.createDirectories(left.resolve("runtime")).resolve("modules"), "many bytes");
            assertThat(StoreContent.of(place).draftTrees()).hasSize(1);
        }
        Store.open(place).close();
        assertThat(left).exists();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Store.open(place).close();
        assertThat(left).doesNotExist();
    }
}
