// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {

    private static final PruneRule MONTH = new PruneRule(Optional.of(Duration.ofDays(30)), OptionalLong.empty());

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void makeStore() throws IOException {
        root = directory.resolve("store");
        Store.open(root).close();
    }

    private Digest put(String content) throws IOException {
        try (Store store = Store.open(root)) {
            return store.blobs().put(MediaType.CONFIG, content.getBytes(UTF_8)).digest();
        }
    }

    private Path file(Digest digest) {
        return root.resolve("blobs/sha256").resolve(digest.hex());
    }

    private List<StoreItem> items(Set<Digest> needed) throws IOException {
        StoreContent content = StoreContent.of(root);
        List<StoreItem> items = new ArrayList<>(content.drafts());
        items.addAll(content.blobs(needed));
        items.addAll(content.records());
        return items;
    }

    /** As if so many days had gone by since. */
    private PruneReport prune(PruneRule rule, int days) throws IOException {
        return Pruning.run(root, items(Set.of()), rule, Instant.now().plus(Duration.ofDays(days)));
    }

    @Test
    void whatNobodyUsedForLongGoes() throws IOException {
        Digest blob = put("old");
        assertThat(prune(MONTH, 29).staying(Kind.BLOBS, Hold.RECENT)).isEqualTo(new PruneReport.Sum(1, 3));
        assertThat(file(blob)).exists();
        assertThat(prune(MONTH, 31).gone(Kind.BLOBS)).isEqualTo(new PruneReport.Sum(1, 3));
        assertThat(file(blob)).doesNotExist();
    }

    @Test
    void aLookAtABlobIsAUse() throws IOException {
        Digest blob = put("old");
        Files.setAttribute(file(blob), "lastAccessTime", FileBlobStore.SEAL);
        try (Store store = Store.open(root)) {
            assertThat(store.blobs().contains(blob)).isTrue();
            assertThat(Files.getLastModifiedTime(file(blob))).isEqualTo(FileBlobStore.SEAL);
            Instant used = StoreFile.Look.at(file(blob)).orElseThrow().used();
            assertThat(used).isAfter(Instant.now().minusSeconds(60));
        }
    }

    @Test
    void whatAnImageOfAProjectHoldsStays() throws IOException {
        Digest blob = put("linked");
        Path link = Files.createLink(directory.resolve("link"), file(blob));
        assertThat(prune(MONTH, 99).staying(Kind.BLOBS, Hold.LINKED).count()).isEqualTo(1);
        assertThat(file(blob)).exists();
        Files.delete(link);
        assertThat(prune(MONTH, 99).gone(Kind.BLOBS).count()).isEqualTo(1);
    }

    @Test
    void whatATrialNeedsStays() throws IOException {
        Digest blob = put("needed");
        PruneReport report =
                Pruning.run(root, items(Set.of(blob)), MONTH, Instant.now().plus(Duration.ofDays(99)));
        assertThat(report.staying(Kind.BLOBS, Hold.TRIAL).count()).isEqualTo(1);
        assertThat(file(blob)).exists();
    }

    @Test
    void whatIsUsedNowStaysWhateverTheRule() throws IOException {
        try (Store store = Store.open(root)) {
            Digest blob =
                    store.blobs().put(MediaType.CONFIG, "now".getBytes(UTF_8)).digest();
            PruneReport report = prune(MONTH, 99);
            assertThat(report.staying(Kind.BLOBS, Hold.IN_USE).count()).isEqualTo(1);
            assertThat(file(blob)).exists();
        }
        assertThat(prune(MONTH, 99).gone(Kind.BLOBS).count()).isEqualTo(1);
    }

    /** Something of which no file system says when it was used. */
    private record Thing(String name, Instant used, List<String> gone) implements StoreItem {

        @Override
        public Kind kind() {
            return Kind.BLOBS;
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public Optional<Hold> hold() {
            return Optional.empty();
        }

        @Override
        public boolean takeAway() {
            return gone.add(name);
        }
    }

    @Test
    void whatWasUsedBeforeAnybodyBeganGoesWhileTheyWork() throws IOException {
        List<String> gone = new ArrayList<>();
        Instant now = Instant.now();
        List<StoreItem> things = List.of(
                new Thing("a minute ago", now.minusSeconds(60), gone),
                new Thing("a day ago", now.minus(Duration.ofDays(1)), gone));
        PruneRule all = new PruneRule(Optional.of(Duration.ZERO), OptionalLong.empty());
        try (Store store = Store.open(root)) {
            Pruning.run(store.root(), things, all, now);
            assertThat(gone).containsExactly("a day ago");
        }
        Pruning.run(root, things, all, now);
        assertThat(gone).contains("a minute ago");
    }

    @Test
    void aStoreThatIsOpenTwiceIsInUseUntilBothAreClosed() throws IOException {
        Store one = Store.open(root);
        Store other = Store.open(root);
        Digest blob = one.blobs().put(MediaType.CONFIG, "x".getBytes(UTF_8)).digest();
        one.close();
        one.close();
        prune(MONTH, 99);
        assertThat(file(blob)).exists();
        other.close();
        prune(MONTH, 99);
        assertThat(file(blob)).doesNotExist();
    }

    @Test
    void theLongestUnusedGoesBeyondASize() throws IOException {
        Digest first = put("first");
        Digest second = put("second");
        Digest third = put("third");
        Files.setAttribute(file(first), "lastAccessTime", FileTime.from(Instant.now()));
        PruneRule rule = new PruneRule(Optional.empty(), OptionalLong.of(10));
        assertThat(prune(rule, 0).gone(Kind.BLOBS)).isEqualTo(new PruneReport.Sum(1, 6));
        assertThat(file(second)).doesNotExist();
        assertThat(file(first)).exists();
        assertThat(file(third)).exists();
    }

    @Test
    void aDamagedBlobGoesHoweverNewItIs() throws IOException {
        Digest blob = put("whole");
        Files.setPosixFilePermissions(file(blob), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file(blob), "half");
        Digest sound = put("sound");
        Files.setLastModifiedTime(file(sound), FileTime.from(Instant.now()));
        assertThat(prune(MONTH, 0).gone(Kind.BLOBS).count()).isEqualTo(1);
        assertThat(file(blob)).doesNotExist();
        assertThat(file(sound)).exists();
    }

    @Test
    void draftsGoOnceTheirWritersHaveEnded() throws IOException {
        try (Store store = Store.open(root);
                BlobDraft draft = store.blobs().draft()) {
            draft.write(1);
            assertThat(prune(MONTH, 0).staying(Kind.DRAFTS, Hold.IN_USE).count())
                    .isEqualTo(1);
        }
        Files.createFile(root.resolve("tmp/blob-left"));
        assertThat(prune(MONTH, 0).gone(Kind.DRAFTS).count()).isEqualTo(1);
    }

    @Test
    void aRecordThatIsReadIsUsed() throws IOException {
        Digest key = Store.key("question");
        try (Store store = Store.open(root)) {
            Records records = store.records("kind-v1");
            records.write(key, new byte[5]);
            Path file = root.resolve("records/kind-v1").resolve(key.hex());
            Files.setLastModifiedTime(file, FileBlobStore.SEAL);
            Files.setAttribute(file, "lastAccessTime", FileBlobStore.SEAL);
            assertThat(records.read(key)).isPresent();
            assertThat((Comparable<?>) Files.getAttribute(file, "lastAccessTime"))
                    .isNotEqualTo(FileBlobStore.SEAL);
        }
        assertThat(prune(MONTH, 29).gone(Kind.RECORDS).count()).isZero();
        assertThat(prune(MONTH, 31).gone(Kind.RECORDS).count()).isEqualTo(1);
    }

    @Test
    void aDryRunRemovesNothing() throws IOException {
        Digest blob = put("old");
        Instant later = Instant.now().plus(Duration.ofDays(31));
        assertThat(Pruning.tell(root, items(Set.of()), MONTH, later)
                        .gone(Kind.BLOBS)
                        .count())
                .isEqualTo(1);
        assertThat(file(blob)).exists();
    }

    @Test
    void noLinkIsFollowedAndNothingElseTouched() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path victim = Files.writeString(outside.resolve("a".repeat(64)), "mine");
        Path other = Files.createDirectories(root.resolve("blobs/sha256/b")).resolve("c".repeat(64));
        Files.writeString(other, "mine");
        Path note = Files.writeString(root.resolve("blobs/sha256/note.txt"), "mine");
        Files.createSymbolicLink(root.resolve("blobs/sha512"), outside);
        Files.createSymbolicLink(root.resolve("records"), directory);
        Path link = Files.createSymbolicLink(root.resolve("blobs/sha256").resolve("d".repeat(64)), victim);
        Files.createSymbolicLink(root.resolve("tmp/link"), victim);
        prune(MONTH, 99);
        assertThat(victim).hasContent("mine");
        assertThat(other).exists();
        assertThat(note).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void whatIsNoStoreIsNone() throws IOException {
        Path layout = directory.resolve("layout");
        Files.createDirectories(layout.resolve("blobs/sha256"));
        for (Path no : List.of(layout, directory, directory.resolve("nothing"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> StoreContent.of(no));
        }
        assertThat(directory.resolve("nothing")).doesNotExist();
        assertThat(StoreContent.of(Files.createSymbolicLink(directory.resolve("s"), root))
                        .root())
                .isEqualTo(root.toRealPath());
    }
}
