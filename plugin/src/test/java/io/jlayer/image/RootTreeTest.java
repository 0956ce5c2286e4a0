// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerDraft;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RootTreeTest {

    private final MemoryStore store = new MemoryStore();

    private RootTree tree(FileEntry[]... lowestFirst) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (FileEntry[] entries : lowestFirst) {
            layers.add(Images.layer(store, entries));
        }
        return RootTree.of(layers);
    }

    private static FileEntry[] layer(FileEntry... entries) {
        return entries;
    }

    private static String resolved(RootTree tree, String path) {
        return tree.resolve(LayerPath.of(path)).toString();
    }

    @Test
    void pathsLeadThroughLinks() throws IOException {
        RootTree tree = tree(layer(
                Images.directory("usr/lib", 0755),
                Images.symlink("lib", "usr/lib"),
                Images.symlink("abs", "/usr/./lib/"),
                Images.symlink("usr/up", "../../../lib"),
                Images.symlink("chain", "abs")));
        assertThat(resolved(tree, "lib/x/y")).isEqualTo("/usr/lib/x/y");
        assertThat(resolved(tree, "abs/x")).isEqualTo("/usr/lib/x");
        assertThat(resolved(tree, "usr/up/x")).isEqualTo("/usr/lib/x");
        assertThat(resolved(tree, "chain/x")).isEqualTo("/usr/lib/x");
        assertThat(resolved(tree, "lib")).isEqualTo("/lib");
        assertThat(tree.resolveDirectory(LayerPath.of("lib"))).hasToString("/usr/lib");
        assertThat(resolved(tree, "new/x")).isEqualTo("/new/x");
        assertThat(resolved(tree, "")).isEqualTo("/");
    }

    /** As Linux goes: up from where the link before led, not from where it stood. */
    @Test
    void theWayUpIsFromWhereALinkLed() throws IOException {
        RootTree tree = tree(layer(
                Images.directory("opt/deep/dir", 0755),
                Images.symlink("a", "opt/deep/dir"),
                Images.symlink("b", "a/../other")));
        assertThat(resolved(tree, "b/x")).isEqualTo("/opt/deep/other/x");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        RootTree tree = tree(layer(Images.symlink("a", "b"), Images.symlink("b", "a"), Images.symlink("c", "c")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.resolveDirectory(LayerPath.of("a")))
                .withMessageContaining("circle");
        assertThatIllegalArgumentException().isThrownBy(() -> tree.resolve(LayerPath.of("c/x")));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linksThatMultiplyAreRefusedAtOnce() throws IOException {
        List<FileEntry> links = new ArrayList<>();
        links.add(Images.symlink("l0", "."));
        for (int number = 1; number < 30; number++) {
            links.add(Images.symlink("l" + number, ("l" + (number - 1) + "/").repeat(10)));
        }
        RootTree tree = tree(links.toArray(FileEntry[]::new));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.resolveDirectory(LayerPath.of("l29")));
    }

    @Test
    void directoriesKeepModeAndOwnerButNotTheirTime() throws IOException {
        Metadata odd = new Metadata(01777, 3, 4, 99, new java.util.TreeMap<>());
        RootTree tree = tree(layer(new FileEntry.Directory(LayerPath.of("tmp"), odd), Images.file("f", "x")));
        assertThat(tree.directory(LayerPath.of("tmp"))).contains(Metadata.of(01777, 3, 4));
        assertThat(tree.directory(LayerPath.of("f"))).isEmpty();
        assertThat(tree.directory(LayerPath.of("none"))).isEmpty();
    }

    @Test
    void filesAndDirectoriesAreToldApart() throws IOException {
        RootTree tree = tree(
                layer(Images.file("implied/f", "x"), Images.symlink("l", "implied"), Images.directory("d", 0755)),
                layer(Images.file("f", "x"), Images.file("d", "x")));
        assertThat(tree.isDirectory(LayerPath.of("implied"))).isTrue();
        assertThat(tree.isFile(LayerPath.of("implied"))).isFalse();
        assertThat(tree.isFile(LayerPath.of("implied/f"))).isTrue();
        assertThat(tree.isDirectory(LayerPath.of("l"))).isFalse();
        assertThat(tree.isFile(LayerPath.of("l"))).isFalse();
        assertThat(tree.isDirectory(LayerPath.of("d"))).isFalse();
        assertThat(tree.isFile(LayerPath.of("d"))).isTrue();
        assertThat(tree.isDirectory(LayerPath.ROOT)).isTrue();
    }

    @Test
    void upperLayersReplaceAndHide() throws IOException {
        RootTree tree = tree(
                layer(
                        Images.directory("a", 0700),
                        Images.directory("a/in", 0700),
                        Images.directory("ab", 0700),
                        Images.symlink("link", "a"),
                        Images.directory("file", 0700),
                        Images.directory("file/in", 0700),
                        Images.directory("o", 0700),
                        Images.directory("o/in", 0700)),
                layer(
                        Images.whiteout("a"),
                        Images.directory("link", 0711),
                        Images.file("file", "x"),
                        Images.opaque("o")));
        assertThat(tree.directory(LayerPath.of("a"))).isEmpty();
        assertThat(tree.directory(LayerPath.of("a/in"))).isEmpty();
        assertThat(tree.directory(LayerPath.of("ab"))).isPresent();
        assertThat(tree.resolveDirectory(LayerPath.of("link"))).hasToString("/link");
        assertThat(tree.directory(LayerPath.of("file/in"))).isEmpty();
        assertThat(tree.directory(LayerPath.of("o"))).isPresent();
        assertThat(tree.directory(LayerPath.of("o/in"))).isEmpty();
    }

    /** A whiteout is for the layers below, even where it comes after what its own layer adds. */
    @Test
    void whiteoutsDoNotHideWhatTheirOwnLayerAdds() throws IOException {
        Layer below = Images.layer(store, Images.directory("d", 0700), Images.directory("d/old", 0700));
        Layer above = raw("d/|d/-new/|d/.wh..wh..opq|.wh.d");
        RootTree tree = RootTree.of(List.of(below, above));
        assertThat(tree.directory(LayerPath.of("d"))).isPresent();
        assertThat(tree.directory(LayerPath.of("d/-new"))).isPresent();
        assertThat(tree.directory(LayerPath.of("d/old"))).isEmpty();
    }

    /** A layer with entries in just this order; a slash at the end makes a directory. */
    private Layer raw(String names) throws IOException {
        try (Workers workers = new Workers(1);
                LayerDraft draft = new LayerDraft(store, Compression.NONE, workers)) {
            for (String name : List.of(names.split("\\|", -1))) {
                boolean directory = name.endsWith("/");
                TarEntry.Type type = directory ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
                String path = directory ? name.substring(0, name.length() - 1) : name;
                draft.tar().begin(new TarEntry(path, type, 0755, 0, 0, 0, 1, ""));
            }
            return draft.commit();
        }
    }

    @Test
    void hostileLayersAreErrorsThatNameTheLayer() throws IOException {
        for (Layer layer : List.of(
                raw("../escape"),
                raw(".wh."),
                raw("d/.wh..."),
                Images.layer(store, Images.symlink("l", "x/".repeat(40_000))))) {
            assertThatIOException()
                    .isThrownBy(() -> RootTree.of(List.of(layer)))
                    .withMessageContaining("read layer " + layer.descriptor().digest());
        }
    }

    @Test
    void aLayerOfAnotherContentIsAnError() throws IOException {
        Layer layer = Images.layer(store, Images.file("f", "x"));
        Layer wrong = new Layer(new DiffId(Digest.sha256("y")), layer.descriptor(), layer.blob(), layer.tarSize());
        assertThatIOException().isThrownBy(() -> RootTree.of(List.of(wrong))).withMessageContaining("damaged");
    }

    @Test
    void layersThatWereReadBeforeAreNotReadAgain(@TempDir Path directory) throws IOException {
        Store records = Store.open(directory);
        Layer layer = Images.layer(
                store,
                Images.directory("\u00e4", 01777),
                Images.symlink("l", "\u00e4/\u20ac"),
                Images.file("f", "x"),
                Images.directory("", 0711));
        RootTree first = RootTree.of(List.of(layer), records);
        store.lose(layer.descriptor().digest());
        RootTree second = RootTree.of(List.of(layer), records);
        assertThat(second.nodes()).isEqualTo(first.nodes()).hasSize(4);
        assertThat(RootTree.of(List.of(), records).nodes()).isEmpty();
    }
}
