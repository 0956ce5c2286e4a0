// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    @TempDir
    Path directory;

    @Test
    void isForItsOwnerAlone() throws IOException {
        Path root = directory.resolve("a/b");
        Store.open(root);
        assertThat(rights(root)).isEqualTo("rwx------");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Store.open(root);
        assertThat(rights(root)).isEqualTo("rwx------");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterADay() throws IOException {
        Store.open(directory);
        Path tmp = directory.resolve("tmp");
        Path young = Files.createFile(tmp.resolve("blob-young"));
        Path old = Files.createFile(tmp.resolve("blob-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Store.open(directory);
        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    /** A draft is sealed, with a time long past, just before it gets its name. */
    @Test
    void aDraftThatIsBeingPublishedIsNotTakenForAnAbandonedOne() throws IOException {
        Store.open(directory);
        Path draft = Files.createFile(directory.resolve("tmp/blob-sealed"));
        Files.setLastModifiedTime(draft, FileBlobStore.SEAL);
        Store.open(directory);
        assertThat(draft).exists();
    }

    @Test
    void twoOpenOnesShareTheirBlobs() throws IOException {
        Store one = Store.open(directory);
        Store other = Store.open(directory);
        var blob = one.blobs().put(MediaType.CONFIG, "x".getBytes(UTF_8));
        assertThat(other.blobs().contains(blob.digest())).isTrue();
    }

    @Test
    void theKeyOfAQuestionKeepsItsPartsApart() {
        assertThat(Store.key("ab", "c")).isNotEqualTo(Store.key("a", "bc"));
        assertThat(Store.key("a")).isNotEqualTo(Store.key("a", ""));
        assertThat(Store.key("1:a\n")).isNotEqualTo(Store.key("a", ""));
        assertThat(Store.key("a", "b")).isEqualTo(Store.key("a", "b"));
    }
}
