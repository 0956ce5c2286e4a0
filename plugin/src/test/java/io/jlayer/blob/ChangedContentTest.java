// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static io.jlayer.house.Programs.assumeInstalled;
import static io.jlayer.house.Programs.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that changed is noticed whatever was done to a file's times, as long as its size stays. */
class ChangedContentTest {

    private static final FileTime OLD = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));

    @TempDir
    Path directory;

    private Store store;
    private Path file;

    /** Remembers the file, by a clock that has it that it was written long ago. */
    @BeforeEach
    void remember() throws Exception {
        Assumptions.assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("unix"), "there is no ctime here");
        store = Store.open(directory.resolve("store"));
        file = Files.writeString(directory.resolve("file"), "one");
        Files.setLastModifiedTime(file, OLD);
        FileDigests digests =
                FileDigests.open(store, directory, () -> Instant.now().plus(Duration.ofHours(1)));
        assertThat(digests.of(file).digest()).isEqualTo(Digest.sha256("one"));
        digests.save();
        Thread.sleep(30); // what happens next happens in another tick of the file system's clock
    }

    private void assertNoticed() throws IOException {
        FileDigests digests = FileDigests.open(store, directory);
        assertThat(digests.isEmpty()).isFalse();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(OLD);
        assertThat(digests.of(file).digest()).isEqualTo(Digest.sha256("two"));
    }

    @Test
    void writtenInPlaceWithItsTimeSetBack() throws Exception {
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, OLD);
        assertNoticed();
    }

    @Test
    void touchedBack() throws Exception {
        assumeInstalled("touch");
        Files.writeString(file, "two");
        run(directory, "touch", "-d", "2020-02-02T02:02:02Z", "file");
        assertNoticed();
    }

    private void writeOther() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, OLD);
    }

    @Test
    void copiedOverWithItsTime() throws Exception {
        assumeInstalled("cp");
        writeOther();
        run(directory, "cp", "-p", "other", "file");
        assertNoticed();
    }

    @Test
    void movedOver() throws Exception {
        writeOther();
        Files.move(directory.resolve("other"), file, StandardCopyOption.REPLACE_EXISTING);
        assertNoticed();
    }

    /** What was there long before takes its place: neither time is new, only the file is another. */
    @Test
    void aLinkThatLeadsElsewhereNow() throws Exception {
        writeOther();
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        FileDigests digests =
                FileDigests.open(store, directory, () -> Instant.now().plus(Duration.ofHours(1)));
        digests.of(link);
        digests.save();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("other"));
        assertThat(FileDigests.open(store, directory).of(link).digest()).isEqualTo(Digest.sha256("two"));
    }

    @Test
    void writtenThroughAMapping() throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 3);
            mapped.put(ByteBuffer.wrap("two".getBytes(UTF_8)));
            mapped.force();
        }
        Files.setLastModifiedTime(file, OLD);
        assertNoticed();
    }

    /** Times are compared for being equal, not for being later. */
    @Test
    void writtenByAClockThatWasSetBack() throws Exception {
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.fromMillis(OLD.toMillis() - 3_600_000));
        assertThat(FileDigests.open(store, directory).of(file).digest()).isEqualTo(Digest.sha256("two"));
    }

    /** As fast as a machine can write and build, each within a tick or two of the one before. */
    @Test
    void writtenAgainWithinTheSameTick() throws Exception {
        for (int round = 100; round < 400; round++) {
            Files.writeString(file, Integer.toString(round));
            FileDigests digests = FileDigests.open(store, directory);
            assertThat(digests.of(file).digest()).isEqualTo(Digest.sha256(Integer.toString(round)));
            digests.save();
        }
    }

    /** The file system's clock is ahead of ours, or ours was set back: nothing is known of when it was written. */
    @Test
    void aFileFromTheFutureIsNeverRemembered() throws Exception {
        Path future = Files.writeString(directory.resolve("future"), "one");
        Files.setLastModifiedTime(future, FileTime.from(Instant.now().plus(Duration.ofHours(2))));
        FileDigests digests =
                FileDigests.open(store, directory, () -> Instant.now().plus(Duration.ofHours(1)));
        digests.of(future);
        digests.save();
        assertThat(FileDigests.open(store, directory).find(future, FileState.of(future)))
                .isEmpty();
    }
}
