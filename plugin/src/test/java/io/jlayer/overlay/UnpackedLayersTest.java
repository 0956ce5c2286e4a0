// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static io.jlayer.overlay.TestLayers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.PruneReport;
import io.jlayer.blob.PruneReport.Sum;
import io.jlayer.blob.PruneRule;
import io.jlayer.blob.Pruning;
import io.jlayer.blob.Store;
import io.jlayer.blob.StoreItem;
import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLayersTest {

    private static final PruneRule MONTH = new PruneRule(Optional.of(Duration.ofDays(30)), OptionalLong.empty());

    @TempDir
    Path directory;

    private final Ownership own = new Ownership.Flat();
    private Path root;
    private Store store;
    private Layer layer;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        store = Store.open(directory.resolve("store"));
        root = store.root().resolve("layers");
        layer = TestLayers.layer(store.blobs(), List.of(text("a", "12345")));
        unpack();
    }

    @AfterEach
    void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }

    private RootFs unpack() throws IOException {
        return new LayerDirectories(root, own).rootFs(List.of(layer));
    }

    private String name() {
        return layer.diffId().digest().hex();
    }

    private Path tree() {
        return root.resolve("flat").resolve(name());
    }

    /** As if so many days had gone by. */
    private PruneReport prune(int days, String... needed) throws IOException {
        List<StoreItem> items = new UnpackedLayers(own, Set.of(needed)).in(root);
        return Pruning.run(store.root(), items, MONTH, Instant.now().plus(Duration.ofDays(days)));
    }

    @Test
    void whatTwoPruningsTakeAwayIsFreedOnce() throws IOException {
        StoreItem one = new UnpackedLayers(own, Set.of()).in(root).get(0);
        assertThat(one.takeAway()).isTrue();
        StoreItem other = new UnpackedLayers(own, Set.of()).in(root).get(0);
        assertThat(other.kind()).as("what the first took away").isEqualTo(Kind.DRAFTS);
        assertThat(other.takeAway()).isTrue();
        assertThat(one.free()).isFalse();
        assertThat(other.free()).isTrue();
        assertThat(root.resolve("flat")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void whatNoTrialUsedForLongGoesAndComesAgain() throws IOException {
        assertThat(prune(31).staying(Kind.UNPACKED_LAYERS, Hold.IN_USE).count()).isEqualTo(1);
        store.close();
        assertThat(prune(29).staying(Kind.UNPACKED_LAYERS, Hold.RECENT).count()).isEqualTo(1);
        assertThat(prune(31).gone(Kind.UNPACKED_LAYERS).count()).isEqualTo(1);
        assertThat(tree()).doesNotExist();
        assertThat(unpack().find(LayerPath.of("a")).orElseThrow()).hasContent("12345");
    }

    @Test
    void aUseIsNoted() throws IOException {
        Path meta = tree().resolve("meta.json");
        for (String time : List.of("lastAccessTime", "lastModifiedTime")) {
            Files.setAttribute(
                    meta,
                    time,
                    Files.getLastModifiedTime(
                            store.blobs().file(layer.descriptor().digest())));
        }
        unpack();
        store.close();
        assertThat(prune(29).gone(Kind.UNPACKED_LAYERS).count()).isZero();
        assertThat(tree()).exists();
    }

    @Test
    void whatATrialNeedsStays() throws IOException {
        store.close();
        assertThat(prune(99, name()).staying(Kind.UNPACKED_LAYERS, Hold.TRIAL).count())
                .isEqualTo(1);
        assertThat(tree()).exists();
    }

    @Test
    void whatSomebodyBeganGoesAndWhatIsOutOfReachStays() throws IOException {
        store.close();
        Path draft = Files.createDirectories(root.resolve("flat/x.draft/fs/closed"));
        Files.writeString(draft.resolve("file"), "123");
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("---------"));
        Path others = Files.createDirectories(root.resolve("map-1-2-3-4").resolve("b".repeat(64)));
        PruneReport report = prune(99);
        assertThat(report.gone(Kind.DRAFTS).count()).isEqualTo(1);
        assertThat(root.resolve("flat/x.draft")).doesNotExist();
        assertThat(report.staying(Kind.UNPACKED_LAYERS, Hold.OUT_OF_REACH)).isEqualTo(new Sum(1, 0));
        assertThat(others).exists();
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        store.close();
        Path outside = Files.createDirectories(directory.resolve("outside").resolve("c".repeat(64)));
        Files.writeString(outside.resolve("meta.json"), "mine");
        Files.createSymbolicLink(tree().resolve("fs/out"), outside);
        Path form = Files.createSymbolicLink(root.resolve("linked"), outside.getParent());
        Path link = Files.createSymbolicLink(root.resolve("flat").resolve("d".repeat(64)), outside);
        prune(99);
        assertThat(tree()).doesNotExist();
        assertThat(outside.resolve("meta.json")).hasContent("mine");
        assertThat(Files.exists(form, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void aLayerOfWhichAPartIsGoneIsMadeAgain() throws IOException {
        Files.delete(tree().resolve("meta.json"));
        assertThat(unpack().find(LayerPath.of("a")).orElseThrow()).hasContent("12345");
    }
}
