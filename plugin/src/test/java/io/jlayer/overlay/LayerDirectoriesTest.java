// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static io.jlayer.overlay.TestLayers.directory;
import static io.jlayer.overlay.TestLayers.entry;
import static io.jlayer.overlay.TestLayers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.blob.StoreUsers;
import io.jlayer.house.Programs;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayerDirectoriesTest {

    @TempDir
    Path directory;

    private Store store;
    private LayerDirectories layers;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        store = Store.open(directory.resolve("store"));
        layers = new LayerDirectories(directory.resolve("layers"), new Ownership.Flat());
    }

    private RootFs stack(List<List<FileEntry>> lowestFirst) throws IOException {
        List<Layer> made = new ArrayList<>();
        for (List<FileEntry> entries : lowestFirst) {
            made.add(TestLayers.layer(store.blobs(), entries));
        }
        return layers.rootFs(made);
    }

    private static LayerPath path(String text) {
        return LayerPath.of(text);
    }

    @Test
    void layerIsUnpackedOnce() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), List.of(text("a", "x")));
        Path first = layers.rootFs(List.of(layer)).find(path("a")).orElseThrow();
        Object inode = Files.getAttribute(first, "unix:ino");
        Path second = new LayerDirectories(directory.resolve("layers"), new Ownership.Flat())
                .rootFs(List.of(layer, layer))
                .find(path("a"))
                .orElseThrow();
        assertThat(second).isEqualTo(first);
        assertThat(Files.getAttribute(second, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void manyThreadsUnpackOneLayerOnce() throws Exception {
        List<FileEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(text("f" + i, "content " + i));
        }
        Layer layer = TestLayers.layer(store.blobs(), entries);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<RootFs> work = () -> layers.rootFs(List.of(layer));
            for (var future : threads.invokeAll(Collections.nCopies(16, work))) {
                assertThat(future.get().names(LayerPath.ROOT)).hasSize(200);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void zerosTakeNoSpace() throws Exception {
        byte[] content = new byte[3 << 20];
        content[2 << 20] = 1;
        Layer layer = TestLayers.layer(
                store.blobs(), List.of(new FileEntry.Regular(path("a"), Metadata.FILE, FileContent.of(content))));
        Path file = layers.rootFs(List.of(layer)).find(path("a")).orElseThrow();
        assertThat(file).hasBinaryContent(content);
        String[] counted = Programs.run(directory, "stat", "-c", "%b %B", file.toString())
                .strip()
                .split(" ", -1);
        assertThat(Long.parseLong(counted[0]) * Long.parseLong(counted[1])).isLessThan(1 << 20);
    }

    @Test
    void draftOfOneWhoWasKilledIsReplaced() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), List.of(text("a", "x")));
        String key = layer.diffId().digest().hex();
        Path draft = Files.createDirectories(directory.resolve("layers/flat/" + key + ".draft/fs/closed"));
        Files.setAttribute(draft, "unix:mode", 0);
        assertThat(layers.rootFs(List.of(layer)).names(LayerPath.ROOT)).containsExactly("a");
        assertThat(directory.resolve("layers/flat/" + key + ".draft")).doesNotExist();
    }

    private void afterAPowerLoss(Layer layer) throws IOException {
        Path whole =
                directory.resolve("layers/flat").resolve(layer.diffId().digest().hex());
        Boot another = new Boot(Boot.THIS.machine(), "another");
        Files.writeString(whole.resolve("boot.json"), another.toJson().toString());
        Files.write(whole.resolve("fs/a"), new byte[0]);
        layers = new LayerDirectories(directory.resolve("layers"), new Ownership.Flat());
    }

    @Test
    void whatWasUnpackedBeforeThisMachineWasStartedIsUnpackedAgain() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), List.of(text("a", "whole")));
        layers.rootFs(List.of(layer));
        afterAPowerLoss(layer);
        assertThat(layers.rootFs(List.of(layer)).find(path("a")).orElseThrow()).hasContent("whole");
    }

    @Test
    void aTreeOfAnotherStartGoesOnlyIfNobodyUsesIt() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), List.of(text("a", "whole")));
        Path tree =
                layers.rootFs(List.of(layer)).lowestFirst().get(0).directory().getParent();
        afterAPowerLoss(layer);
        StoreUsers users = StoreUsers.of(directory);
        users.enter();
        layers.rootFs(List.of(layer));
        assertThat(movedAway()).as("used less than an hour ago").singleElement().satisfies(old -> assertThat(
                        old.resolve("fs/a"))
                .isEmptyFile());
        afterAPowerLoss(layer);
        Files.setAttribute(
                tree.resolve("meta.json"),
                "lastAccessTime",
                FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        layers.rootFs(List.of(layer));
        users.leave();
        assertThat(movedAway()).hasSize(1);
        assertThat(tree.resolve("fs/a")).hasContent("whole");
    }

    private List<Path> movedAway() throws IOException {
        try (Stream<Path> trees = Files.list(directory.resolve("layers/flat"))) {
            return trees.filter(tree -> tree.getFileName().toString().endsWith(".tmp"))
                    .toList();
        }
    }

    @Test
    void aRecordThatACrashLeftEmptyIsNoError() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), List.of(text("a", "whole")));
        Path fs = layers.rootFs(List.of(layer)).lowestFirst().get(0).directory();
        Files.write(fs.resolveSibling("meta.json"), new byte[0]);
        assertThat(layers.rootFs(List.of(layer)).find(path("a"))).isPresent();
    }

    @Test
    void whiteoutHidesWhatIsBelow() throws IOException {
        RootFs rootFs = stack(List.of(
                List.of(directory("d", 0755, 0), text("d/a", "1"), text("d/b", "1"), text("e", "1")),
                List.of(new FileEntry.Whiteout(path("d/a")), new FileEntry.Whiteout(path("e")), text("f", "2"))));
        assertThat(rootFs.find(path("d/a"))).isEmpty();
        assertThat(rootFs.find(path("d/b"))).isPresent();
        assertThat(rootFs.names(path("d"))).containsExactly("b");
        assertThat(rootFs.names(LayerPath.ROOT)).containsExactly("d", "f");
    }

    @Test
    void opaqueWhiteoutHidesAllBelowAndNothingOfItsLayer() throws IOException {
        RootFs rootFs = stack(List.of(
                List.of(directory("d", 0755, 0), text("d/a", "1"), directory("d/s", 0755, 0), text("d/s/x", "1")),
                List.of(directory("d", 0755, 0), new FileEntry.OpaqueWhiteout(path("d")), text("d/b", "2"))));
        assertThat(rootFs.names(path("d"))).containsExactly("b");
        assertThat(rootFs.find(path("d/s/x"))).isEmpty();
    }

    @Test
    void whiteoutAndDirectoryOfOneNameIsANewDirectory() throws IOException {
        Layer lower = TestLayers.layer(store.blobs(), List.of(directory("d", 0755, 0), text("d/a", "1")));
        Layer upper = TestLayers.raw(
                List.of(
                        entry("d", TarEntry.Type.DIRECTORY, "", 0),
                        entry("d/b", TarEntry.Type.FILE, "", 4),
                        entry(".wh.d", TarEntry.Type.FILE, "", 0)),
                "text");
        assertThat(layers.rootFs(List.of(lower, upper)).names(path("d"))).containsExactly("b");
    }

    @Test
    void impliedDirectoryIsWhatTheLayerBelowSays() throws IOException {
        RootFs rootFs = stack(List.of(List.of(directory("tmp", 01777, 0)), List.of(text("tmp/a/b", "1"))));
        assertThat(rootFs.lowestFirst().get(1).implied()).contains(path("tmp"), path("tmp/a"));
        LayerDirectory top = new TopLayer(rootFs, directory.resolve("top")).finish();
        Path tmp = rootFs.append(top).find(path("tmp")).orElseThrow();
        assertThat((int) (Integer) Files.getAttribute(tmp, "unix:mode") & 07777).isEqualTo(01777);
    }

    @Test
    void hardLinksAreOneFile() throws IOException {
        Layer layer = TestLayers.raw(
                List.of(
                        entry("a", TarEntry.Type.FILE, "", 4),
                        entry("d/b", TarEntry.Type.HARD_LINK, "/a", 0),
                        entry("a", TarEntry.Type.HARD_LINK, "d/b", 0)),
                "text");
        RootFs rootFs = layers.rootFs(List.of(layer));
        Path a = rootFs.find(path("a")).orElseThrow();
        assertThat(Files.getAttribute(a, "unix:nlink")).isEqualTo(2);
        assertThat(a).hasContent("text");
    }

    @Test
    void hardLinkToALayerBelowIsACopyForThatBaseOnly() throws IOException {
        Layer one = TestLayers.layer(store.blobs(), List.of(text("a", "one")));
        Layer two = TestLayers.layer(store.blobs(), List.of(text("a", "two")));
        Layer link = TestLayers.raw(List.of(entry("b", TarEntry.Type.HARD_LINK, "a", 0)), "");
        for (Layer base : List.of(one, two, one)) {
            RootFs rootFs = layers.rootFs(List.of(base, link));
            Path a = rootFs.find(path("a")).orElseThrow();
            Path b = rootFs.find(path("b")).orElseThrow();
            assertThat(b).hasContent(base.equals(one) ? "one" : "two");
            assertThat(Files.isSameFile(a, b)).isTrue();
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linksThatMultiplyLeadNowhere() throws IOException {
        List<FileEntry> links = new ArrayList<>(List.of(new FileEntry.Symlink(path("l0"), Metadata.FILE, "/")));
        for (int i = 1; i <= 39; i++) {
            String before = "l" + (i - 1);
            links.add(new FileEntry.Symlink(path("l" + i), Metadata.FILE, before + "/" + before));
        }
        RootFs rootFs = stack(List.of(links));
        assertThatIOException()
                .isThrownBy(() -> rootFs.resolve(path("l39/etc/passwd")))
                .withMessageContaining("circle");
    }

    @Test
    void dotsLeadUpFromWhereTheLinkBeforeThemLeads() throws IOException {
        List<FileEntry> links = List.of(
                directory("usr", 0755, 0),
                directory("usr/bin", 0755, 0),
                new FileEntry.Symlink(path("bin"), Metadata.FILE, "usr/bin"),
                new FileEntry.Symlink(path("x"), Metadata.FILE, "bin/../share"));
        RootFs rootFs = stack(List.of(links, List.of(text("usr/share/doc", "here"))));
        assertThat(rootFs.resolve(path("x/doc")).orElseThrow()).hasContent("here");
        Layer through = TestLayers.raw(
                List.of(
                        entry("usr/bin", TarEntry.Type.DIRECTORY, "", 0),
                        entry("bin", TarEntry.Type.SYMLINK, "usr/bin", 0),
                        entry("x", TarEntry.Type.SYMLINK, "bin/../share", 0),
                        entry("x/f", TarEntry.Type.FILE, "", 4)),
                "text");
        assertThat(layers.rootFs(List.of(through)).find(path("usr/share/f"))).isPresent();
    }

    @Test
    void linksAreFollowedWithinTheStack() throws IOException {
        RootFs rootFs = stack(List.of(
                List.of(
                        directory("usr", 0755, 0),
                        directory("usr/lib", 0755, 0),
                        new FileEntry.Symlink(path("lib"), Metadata.FILE, "usr/lib"),
                        new FileEntry.Symlink(path("up"), Metadata.FILE, "../../../lib/x")),
                List.of(text("usr/lib/x", "here"))));
        assertThat(rootFs.resolve(path("lib/x")).orElseThrow()).hasContent("here");
        assertThat(rootFs.resolve(path("up")).orElseThrow()).hasContent("here");
        assertThat(rootFs.locate(path("lib/new/y"))).isEqualTo(path("usr/lib/new/y"));
        assertThat(rootFs.resolve(path("lib/none"))).isEqualTo(Optional.empty());
        assertThat(Files.exists(directory.resolve("usr"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }
}
