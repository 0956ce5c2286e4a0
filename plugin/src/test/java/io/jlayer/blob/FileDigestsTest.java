// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

    private static final Digest KEY = Store.key("/project");

    @TempDir
    Path directory;

    private Store store;
    private Path file;

    @BeforeEach
    void openStore() throws IOException {
        store = Store.open(directory.resolve("store"));
        file = Files.writeString(directory.resolve("file"), "one");
    }

    private FileDigests open(Supplier<Instant> clock) throws IOException {
        return FileDigests.open(store, Path.of("/project"), clock);
    }

    /** A clock by which every file of this test was written long ago. */
    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    @Test
    void givesTheDigestOfTheBytes() throws IOException {
        FileDigests digests = open(Instant::now);
        assertThat(digests.of(file).digest()).isEqualTo(Digest.sha256("one"));
        assertThat(digests.of(file).state().size()).isEqualTo(3);
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        FileDigests digests = open(Instant::now);
        digests.of(file);
        Files.writeString(file, "three");
        assertThat(digests.of(file).digest()).isEqualTo(Digest.sha256("three"));
    }

    @Test
    void theModeOfAFileCountsWhereItIsWatched() throws IOException {
        FileDigests digests = open(Instant::now);
        digests.of(file);
        FileStates bytes = digests.seen(directory);
        digests.watchMode(file);
        FileStates bytesAndMode = digests.seen(directory);
        assertThat(bytesAndMode.hold()).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(bytes.hold()).isTrue();
        assertThat(bytesAndMode.hold()).isFalse();
    }

    @Test
    void settledFilesAreRememberedForTheNextBuild() throws IOException {
        FileDigests first = open(FileDigestsTest::later);
        first.of(file);
        first.save();
        byte[] saved = store.records("files-v1").read(KEY).orElseThrow();
        assertThat(saved).hasSizeGreaterThan(32);
        FileDigests second = open(FileDigestsTest::later);
        assertThat(second.of(file).digest()).isEqualTo(Digest.sha256("one"));
        second.save();
        assertThat(store.records("files-v1").read(KEY)).hasValue(saved);
    }

    @Test
    void whatTheLastBuildDidNotAskForIsForgotten() throws IOException {
        FileDigests first = open(FileDigestsTest::later);
        first.of(file);
        first.save();
        byte[] withFile = store.records("files-v1").read(KEY).orElseThrow();
        FileDigests second = open(FileDigestsTest::later);
        second.save();
        assertThat(new String(withFile, UTF_8)).contains(file.toString());
        assertThat(new String(store.records("files-v1").read(KEY).orElseThrow(), UTF_8))
                .doesNotContain(file.toString());
    }

    /** A file system that keeps no more than size and time cannot tell this change: so we see that the file is not read. */
    @Test
    void aRememberedFileIsNotReadAgain() throws IOException {
        Path zip = directory.resolve("files.zip");
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = Files.writeString(files.getPath("/file"), "one");
            FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
            Files.setLastModifiedTime(inside, time);
            FileDigests first = open(Instant::now);
            first.of(inside);
            first.save();
            Files.writeString(inside, "two");
            Files.setLastModifiedTime(inside, time);
            assertThat(open(Instant::now).of(inside).digest()).isEqualTo(Digest.sha256("one"));
        }
    }

    @Test
    void aFileThatWasJustWrittenIsNotRemembered() throws IOException {
        FileDigests first = open(Instant::now);
        first.of(file);
        first.save();
        assertThat(store.records("files-v1").read(KEY)).isEmpty();
    }

    /** It could have been written to again, within the same tick, after it was read: that some time passed since is no help. */
    @Test
    void aFileThatWasReadJustAfterItWasWrittenIsNotRememberedHoweverLongTheBuildTakes() throws IOException {
        Instant[] now = {Instant.now()};
        FileDigests first = open(() -> now[0]);
        first.of(file);
        now[0] = now[0].plus(Duration.ofHours(1));
        first.save();
        assertThat(store.records("files-v1").read(KEY)).isEmpty();
    }

    @Test
    void aDamagedMemoryIsAnEmptyOne() throws IOException {
        store.records("files-v1").write(KEY, new byte[] {0, 0, 0, 9, 1, 2});
        assertThat(open(FileDigestsTest::later).of(file).digest()).isEqualTo(Digest.sha256("one"));
    }

    @Test
    void coarseClocksSettleLater() {
        Instant written = Instant.parse("2026-01-01T00:00:00Z");
        FileState coarse = state(written);
        assertThat(coarse.settledAt(written.plusMillis(2400))).isFalse();
        assertThat(coarse.settledAt(written.plusMillis(2600))).isTrue();
        FileState fine = state(written.plusNanos(1));
        assertThat(fine.settledAt(written.plusMillis(40))).isFalse();
        assertThat(fine.settledAt(written.plusMillis(60))).isTrue();
    }

    private static FileState state(Instant modified) {
        long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
        return new FileState(1, nanos, 0, 0);
    }
}
