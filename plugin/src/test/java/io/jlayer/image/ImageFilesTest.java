// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.Digest;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFilesTest {

    private final MemoryStore store = new MemoryStore();

    private ImageFiles files(FileEntry[]... lowestFirst) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (FileEntry[] entries : lowestFirst) {
            layers.add(Images.layer(store, entries));
        }
        return ImageFiles.read(layers);
    }

    private static FileEntry[] layer(FileEntry... entries) {
        return entries;
    }

    private static ImageFiles raw(TarEntry[]... lowestFirst) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (TarEntry[] entries : lowestFirst) {
            layers.add(TestLayers.raw(List.of(entries), "text"));
        }
        return ImageFiles.read(layers);
    }

    private static TarEntry[] tar(TarEntry... entries) {
        return entries;
    }

    private static TarEntry entry(String name, TarEntry.Type type, String link) {
        return TestLayers.entry(name, type, link, type == TarEntry.Type.FILE ? 4 : 0);
    }

    private static TarEntry file(String name) {
        return entry(name, TarEntry.Type.FILE, "");
    }

    private static TarEntry hardLink(String name, String target) {
        return entry(name, TarEntry.Type.HARD_LINK, target);
    }

    /** As {@code /path 0}: what is there, and of which layer. */
    private static List<String> seen(ImageFiles files) {
        return files.tree().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().layer())
                .toList();
    }

    private static List<String> hidden(ImageFiles files) {
        return files.hidden().stream()
                .map(hidden -> hidden.file().path() + " " + hidden.layer() + " by " + hidden.by()
                        + (hidden.deleted() ? " deleted" : ""))
                .toList();
    }

    @Test
    void theUpperLayerIsSeen() throws IOException {
        ImageFiles files = files(
                layer(Images.directory("d", 0700), Images.file("d/a", "1"), Images.file("d/b", "2")),
                layer(Images.directory("d", 0711), Images.file("d/a", "three")));
        assertThat(seen(files)).containsExactly("/ 0", "/d 1", "/d/a 1", "/d/b 0");
        assertThat(hidden(files)).containsExactly("/d/a 0 by 1");
        LayerFile file = files.find("/d/a").orElseThrow().file();
        assertThat(file.content()).contains(Digest.sha256("three"));
        assertThat(file.size()).isEqualTo(5);
        assertThat(files.find("d").orElseThrow().file().metadata().mode()).isEqualTo(0711);
    }

    @Test
    void whiteoutsHideFilesAndWholeDirectories() throws IOException {
        ImageFiles files = files(
                layer(
                        Images.directory("d", 0700),
                        Images.file("d/x", "1"),
                        Images.file("d-x", "1"),
                        Images.file("f", "1"),
                        Images.directory("o", 0700),
                        Images.file("o/old", "1")),
                layer(
                        Images.whiteout("d"),
                        Images.whiteout("f"),
                        Images.whiteout("nothing"),
                        Images.opaque("o"),
                        Images.directory("o", 0711),
                        Images.file("o/new", "1")));
        assertThat(seen(files)).containsExactly("/ 0", "/d-x 0", "/o 1", "/o/new 1");
        assertThat(hidden(files))
                .containsExactlyInAnyOrder(
                        "/d 0 by 1 deleted", "/d/x 0 by 1 deleted", "/f 0 by 1 deleted", "/o/old 0 by 1 deleted");
    }

    @Test
    void aWhiteoutSparesItsOwnLayerWhereverItStands() throws IOException {
        ImageFiles files = raw(
                tar(file("d/old"), file("f")),
                tar(file("d/new"), file(".wh.d"), file("d/.wh..wh..opq"), file("f"), file(".wh.f")));
        assertThat(seen(files)).containsExactly("/ 0", "/d 1", "/d/new 1", "/f 1");
        assertThat(hidden(files)).containsExactly("/d 0 by 1", "/d/old 0 by 1 deleted", "/f 0 by 1");
    }

    @Test
    void aFileInThePlaceOfADirectoryHidesAllOfIt() throws IOException {
        ImageFiles files = files(
                layer(Images.directory("d", 0700), Images.file("d/x", "1"), Images.file("f", "1")),
                layer(Images.file("d", "1"), Images.directory("f", 0700), Images.file("f/x", "1")));
        assertThat(seen(files)).containsExactly("/ 0", "/d 1", "/f 1", "/f/x 1");
        assertThat(hidden(files)).containsExactly("/d 0 by 1", "/d/x 0 by 1 deleted", "/f 0 by 1");
    }

    @Test
    void directoriesWithoutAnEntryTakeNothingFromThoseBelow() throws IOException {
        ImageFiles files = raw(
                tar(new TarEntry("d", TarEntry.Type.DIRECTORY, 01777, 3, 4, 0, 9, "")), tar(file("d/x"), file("e/x")));
        assertThat(seen(files)).containsExactly("/ 0", "/d 0", "/d/x 1", "/e 1", "/e/x 1");
        assertThat(files.find("d").orElseThrow().file().metadata())
                .isEqualTo(new Metadata(01777, 3, 4, 9, new java.util.TreeMap<>()));
        assertThat(files.find("e").orElseThrow().file().implied()).isTrue();
    }

    @Test
    void hardLinksAreTheFileThatTheyName() throws IOException {
        ImageFiles files = raw(
                tar(file("low"), hardLink("too", "low"), hardLink("self", "self")),
                tar(hardLink("high", "./low"), hardLink("none", "gone"), entry("low", TarEntry.Type.FIFO, "")));
        for (String name : List.of("too", "high")) {
            LayerFile link = files.find(name).orElseThrow().file();
            assertThat(link.type()).isEqualTo(TarEntry.Type.HARD_LINK);
            assertThat(link.content()).contains(Digest.sha256("text"));
            assertThat(link.size()).isEqualTo(4);
            assertThat(link.storedSize()).isZero();
            assertThat(link.link()).isEqualTo("low");
        }
        assertThat(files.find("none").orElseThrow().file().content()).isEmpty();
        assertThat(files.find("self").orElseThrow().file().content()).isEmpty();
    }

    @Test
    void linksOfTheLayerInTheWayOfANameAreFollowed() throws IOException {
        ImageFiles files = raw(tar(
                entry("usr/lib", TarEntry.Type.DIRECTORY, ""),
                entry("lib", TarEntry.Type.SYMLINK, "usr/lib"),
                entry("up", TarEntry.Type.SYMLINK, "../../../usr"),
                file("lib/x"),
                file("up/y")));
        assertThat(seen(files))
                .containsExactly("/ 0", "/lib 0", "/up 0", "/usr 0", "/usr/lib 0", "/usr/lib/x 0", "/usr/y 0");
        assertThat(files.find("/lib/x").orElseThrow().file().path()).hasToString("/usr/lib/x");
        assertThat(files.find("/lib/../y").orElseThrow().file().path()).hasToString("/usr/y");
        assertThat(files.lowestFirst().get(0).inTar())
                .extracting(file -> file.path().toString())
                .contains("/lib/x");
    }

    @Test
    void linksOfALayerBelowAreReplacedByADirectory() throws IOException {
        ImageFiles files = raw(tar(entry("lib", TarEntry.Type.SYMLINK, "usr/lib")), tar(file("lib/x")));
        assertThat(seen(files)).containsExactly("/ 0", "/lib 1", "/lib/x 1");
        assertThat(hidden(files)).containsExactly("/lib 0 by 1");
    }

    @Test
    void ofTwoEntriesTheLaterWins() throws IOException {
        ImageFiles files = raw(tar(file("d/x"), entry("d", TarEntry.Type.SYMLINK, "e"), file("e/y"), file("d/y")));
        assertThat(seen(files)).containsExactly("/ 0", "/d 0", "/e 0", "/e/y 0");
        assertThat(files.lowestFirst().get(0).inTar()).hasSize(4);
        assertThat(files.hidden()).isEmpty();
    }

    @Test
    void circlesAndWaysOutAreErrors() throws IOException {
        ImageFiles files = raw(tar(entry("a", TarEntry.Type.SYMLINK, "b"), entry("b", TarEntry.Type.SYMLINK, "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> files.find("a/x")).withMessageContaining("circle");
        assertThat(files.find("none/x")).isEmpty();
        for (TarEntry entry : List.of(
                file("../x"),
                hardLink("x", "../../etc/shadow"),
                file(".wh."),
                entry("", TarEntry.Type.SYMLINK, "x"),
                entry("l", TarEntry.Type.SYMLINK, "x/".repeat(40_000)))) {
            assertThatIOException().isThrownBy(() -> raw(tar(entry))).withMessageContaining("read layer sha256:");
        }
        assertThatIOException()
                .isThrownBy(() -> raw(tar(file("f"), file("f/x"))))
                .withMessageContaining("directory too");
    }

    @Test
    void aLayerOfAnotherContentIsAnError() throws IOException {
        Layer good = TestLayers.raw(List.of(file("a")), "text");
        Layer other = TestLayers.raw(List.of(file("b")), "text");
        Layer wrong = new Layer(good.diffId(), other.descriptor(), other.blob(), other.tarSize());
        assertThatIOException()
                .isThrownBy(() -> LayerFiles.read(wrong))
                .withMessageContaining("unpacks to a tar with digest");
        assertThat(LayerFiles.read(good).tarSize()).isEqualTo(good.tarSize().getAsLong());
    }

    @Test
    void noLayersAreAnEmptyRoot() throws IOException {
        assertThat(seen(ImageFiles.read(List.of()))).containsExactly("/ 0");
        assertThat(ImageFiles.read(List.of()).below(LayerPath.ROOT)).isEmpty();
    }
}
