// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.error.UserError;
import io.jlayer.image.Images;
import io.jlayer.image.RootTree;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private final MemoryStore blobs = new MemoryStore();

    private LayerSpec place(List<FileEntry> base, FileEntry... entries) throws IOException {
        RootTree tree = RootTree.of(List.of(Images.layer(blobs, base.toArray(FileEntry[]::new))));
        return new Placement(tree).place(new LayerSpec("layer", List.of(entries)));
    }

    private static List<String> shown(LayerSpec spec) {
        return spec.entries().stream()
                .map(entry -> entry instanceof FileEntry.Directory directory
                        ? entry.path() + " "
                                + Integer.toOctalString(directory.metadata().mode())
                        : entry.path().toString())
                .toList();
    }

    @Test
    void aPathThroughALinkIsWrittenWhereTheLinkLeads() throws IOException {
        LayerSpec placed = place(
                List.of(
                        Images.symlink("lib", "usr/lib"),
                        Images.directory("usr", 0755),
                        Images.directory("usr/lib", 0755)),
                Images.file("lib/x.so", "x"));
        assertThat(shown(placed)).containsExactly("/usr 755", "/usr/lib 755", "/usr/lib/x.so");
    }

    @Test
    void aDirectoryOverALinkIsTheDirectoryThatTheLinkLeadsTo() throws IOException {
        LayerSpec placed = place(
                List.of(Images.symlink("var/run", "/run"), Images.directory("run", 0775)),
                Images.directory("var/run", 0700),
                Images.file("var/run/pid", "1"));
        assertThat(shown(placed)).containsExactly("/run 700", "/run/pid");
    }

    @Test
    void aLayerFollowsLinksAndDirectoriesOfOneBelowThatIsPlacedToo() throws IOException {
        RootTree tree = RootTree.of(List.of(Images.layer(
                blobs, Images.directory("opt", 0755), Images.directory("old", 0700), Images.symlink("link", "opt"))));
        LayerSpec first = new Placement(tree)
                .place(new LayerSpec(
                        "first",
                        List.of(
                                Images.directory("data", 01777),
                                Images.symlink("current", "/data/v1"),
                                Images.symlink("old", "data"),
                                Images.file("link", "no link any more"))));
        tree.add(first);

        LayerSpec second = new Placement(tree)
                .place(new LayerSpec(
                        "second",
                        List.of(
                                Images.file("current/a", "x"),
                                Images.file("old/b", "x"),
                                Images.directory("link", 0755))));

        assertThat(shown(second)).containsExactly("/data 1777", "/data/b", "/data/v1 755", "/data/v1/a", "/link 755");
    }

    @Test
    void whatALayerBelowHidesIsNotFollowed() throws IOException {
        RootTree tree = RootTree.of(List.of(Images.layer(
                blobs, Images.symlink("gone", "opt"), Images.directory("d", 0700), Images.symlink("d/l", "/opt"))));
        tree.add(new LayerSpec(
                "hides",
                List.of(
                        new FileEntry.Whiteout(LayerPath.of("gone")),
                        new FileEntry.OpaqueWhiteout(LayerPath.of("d")))));

        LayerSpec placed = new Placement(tree)
                .place(new LayerSpec("layer", List.of(Images.file("gone/f", "x"), Images.file("d/l/f", "x"))));

        assertThat(shown(placed)).containsExactly("/d 700", "/d/l 755", "/d/l/f", "/gone 755", "/gone/f");
    }

    @Test
    void aFileOverALinkReplacesTheLink() throws IOException {
        LayerSpec placed = place(List.of(Images.symlink("etc/mtab", "/proc/mounts")), Images.file("etc/mtab", "x"));
        assertThat(shown(placed)).containsExactly("/etc 755", "/etc/mtab");
    }

    @Test
    void directoriesOnTheWayAreAsInTheBase() throws IOException {
        FileEntry home = new FileEntry.Directory(LayerPath.of("home"), Metadata.of(0750, 1000, 1001));
        LayerSpec placed = place(
                List.of(Images.directory("tmp", 01777), home), Images.file("tmp/a/f", "x"), Images.file("home/f", ""));
        assertThat(shown(placed)).containsExactly("/home 750", "/home/f", "/tmp 1777", "/tmp/a 755", "/tmp/a/f");
        assertThat(((FileEntry.Directory) placed.entries().get(0)).metadata().gid())
                .isEqualTo(1001);
    }

    @Test
    void directoriesThatTheBaseHasStayAsTheyAreUnlessToldOtherwise() throws IOException {
        List<FileEntry> base = List.of(Images.directory("tmp", 01777), Images.directory("srv", 0700));
        LayerSpec placed = place(base, Images.directory("tmp", 0755), Images.directory("srv", 0750));
        assertThat(shown(placed)).containsExactly("/srv 750", "/tmp 1777");
    }

    @Test
    void targetsOfHardLinksFollowTheBasesLinksToo() throws IOException {
        FileEntry link = new FileEntry.HardLink(LayerPath.of("lib/b"), Metadata.FILE, LayerPath.of("lib/a"));
        LayerSpec placed = place(List.of(Images.symlink("lib", "usr/lib")), Images.file("lib/a", "x"), link);
        assertThat(placed.entries())
                .contains(new FileEntry.HardLink(LayerPath.of("usr/lib/b"), Metadata.FILE, LayerPath.of("usr/lib/a")));
    }

    @Test
    void whiteoutsHideWhatIsReallyThere() throws IOException {
        LayerSpec placed = place(
                List.of(Images.symlink("lib", "usr/lib"), Images.file("usr/lib/old", "")),
                Images.whiteout("lib/old"),
                Images.opaque("lib"));
        assertThat(placed.entries()).contains(Images.whiteout("usr/lib/old"), Images.opaque("usr/lib"));
    }

    @Test
    void twoPathsThatTheBaseLeadsToOneAreAnError() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> place(
                        List.of(Images.symlink("lib", "usr/lib")),
                        Images.file("lib/a", "1"),
                        Images.file("usr/lib/a", "2")))
                .withMessageContaining("/usr/lib/a is there twice")
                .withMessageContaining("layer 'layer'");
    }

    @Test
    void nothingCanBeBelowAFile() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> place(List.of(), Images.file("a", "1"), Images.file("a/b", "2")))
                .withMessageContaining("/a/b cannot be below /a");
    }

    @Test
    void circlesOfTheBaseAreFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        place(List.of(Images.symlink("a", "b"), Images.symlink("b", "a")), Images.file("a/f", "x")))
                .withMessageContaining("circle");
    }
}
