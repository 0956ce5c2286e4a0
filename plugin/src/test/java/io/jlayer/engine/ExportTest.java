// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.Metadata;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Layers out of what {@code docker export} prints. */
@DisabledOnOs(OS.WINDOWS)
class ExportTest {

    private static final String TEXT = "text\n";

    @TempDir
    Path directory;

    private List<TarEntry> layer(String diff, TarEntry... exported) throws IOException {
        Path tar = directory.resolve("export.tar");
        try (OutputStream out = Files.newOutputStream(tar);
                TarWriter writer = new TarWriter(out)) {
            for (TarEntry entry : exported) {
                writer.begin(entry);
                if (entry.size() > 0) {
                    writer.content().write(TEXT.getBytes(UTF_8));
                }
            }
        }
        Store store = Store.open(directory.resolve("store"));
        Path contents = Files.createDirectory(directory.resolve("contents"));
        try (Export export = new Export(List.of("cat", tar.toString()), contents)) {
            Diff own = Diff.parse(diff);
            export.read(own.kinds().keySet(), true);
            return entries(export.layer(own, store.blobs()));
        }
    }

    private static List<TarEntry> entries(Layer layer) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get().tar());
                if (entry.get().tar().size() > 0) {
                    assertThat(new String(reader.content().readAllBytes(), UTF_8))
                            .isEqualTo(TEXT);
                }
            }
        }
        return entries;
    }

    private static TarEntry file(String name) {
        return TestLayers.entry(name, TarEntry.Type.FILE, "", TEXT.length());
    }

    private static TarEntry directory(String name) {
        return TestLayers.entry(name, TarEntry.Type.DIRECTORY, "", 0);
    }

    private static TarEntry link(String name, String target) {
        return TestLayers.entry(name, TarEntry.Type.HARD_LINK, target, 0);
    }

    @Test
    void linksFollowWhatTheyLeadTo() throws IOException {
        // Engines walk a directory before a name beside it that sorts before what is in it.
        assertThat(layer("A /a\nA /a/x\nA /a-b\n", directory("a"), file("a/x"), link("a-b", "a/x")))
                .extracting(TarEntry::name)
                .containsExactly("a", "a/x", "a-b");
    }

    @Test
    void fileOfTheImageThatGotANameComesAlong() throws IOException {
        List<TarEntry> entries = layer(
                "A /srv\nA /srv/new\nA /srv/other\n",
                directory("etc"),
                file("etc/old"),
                file("etc/rest"),
                directory("srv"),
                link("srv/new", "etc/old"),
                link("srv/other", "/etc/old"));
        assertThat(entries).extracting(TarEntry::name).containsExactly("etc", "etc/old", "srv", "srv/new", "srv/other");
        assertThat(entries.get(1).size()).isEqualTo(TEXT.length());
        assertThat(entries.subList(3, 5)).extracting(TarEntry::linkName).containsOnly("etc/old");
    }

    /** The second pass, for the file of the image, finds a name that no diff speaks of, in a directory that it passed. */
    @Test
    void directoryOfANameThatIsFoundLateComesAlong() throws IOException {
        List<TarEntry> entries = layer(
                "A /srv/new\n",
                directory("etc"),
                file("etc/old"),
                directory("opt"),
                directory("opt/deep"),
                link("opt/deep/name", "etc/old"),
                directory("srv"),
                link("srv/new", "etc/old"));
        assertThat(entries)
                .extracting(TarEntry::name)
                .containsExactly("etc", "etc/old", "opt", "opt/deep", "srv", "opt/deep/name", "srv/new");
    }

    @Test
    void nameThatNoLayerCanHoldIsLeftOut() throws IOException {
        List<TarEntry> entries = layer(
                "A /srv\nA /srv/.wh.a\nA /srv/.wh.d\nA /srv/.wh.d/b\nA /srv/c\nA /srv/e\n",
                directory("srv"),
                file("srv/.wh.a"),
                directory("srv/.wh.d"),
                file("srv/.wh.d/b"),
                link("srv/c", "srv/.wh.a"),
                link("srv/e", "srv/.wh.a"));
        assertThat(entries).extracting(TarEntry::name).containsExactly("srv", "srv/c", "srv/e");
        assertThat(entries.get(1).size()).isEqualTo(TEXT.length());
        assertThat(entries.get(2).linkName()).isEqualTo("srv/c");
    }

    @Test
    void directoriesOnTheWayAreDescribedAgain() throws IOException {
        assertThat(layer("C /tmp\nA /tmp/x\nC /etc\nD /etc/y\n", directory("tmp"), file("tmp/x"), directory("etc")))
                .extracting(TarEntry::name)
                .containsExactly("etc", "etc/.wh.y", "tmp", "tmp/x");
    }

    @Test
    void devicesAndExtendedAttributesStay() throws IOException {
        SortedMap<String, XattrValue> xattrs = new TreeMap<>();
        xattrs.put("security.capability", XattrValue.of(new byte[] {1, 0, 0, 2, (byte) 0xff, 0}));
        List<TarEntry> entries = layer(
                "A /disk\nA /ping\n",
                new TarEntry("disk", TarEntry.Type.BLOCK_DEVICE, 0600, 0, 6, 0, 9, "", 8, 17, new TreeMap<>()),
                new TarEntry("ping", TarEntry.Type.FILE, 0755, 0, 0, TEXT.length(), 9, "", 0, 0, xattrs));
        assertThat(entries.get(0))
                .isEqualTo(new TarEntry(
                        "disk",
                        TarEntry.Type.BLOCK_DEVICE,
                        0600,
                        0,
                        6,
                        0,
                        Metadata.FIXED_MTIME,
                        "",
                        8,
                        17,
                        new TreeMap<>()));
        assertThat(entries.get(1).xattrs()).isEqualTo(xattrs);
    }

    /** A trial that changed nothing should not wait for all files of its image. */
    @Test
    void listIsReadNoFurtherThanNeeded() throws IOException {
        Path tar = directory.resolve("export.tar");
        try (OutputStream out = Files.newOutputStream(tar);
                TarWriter writer = new TarWriter(out)) {
            writer.begin(directory("etc"));
            writer.begin(file("etc/hosts"));
            writer.content().write(TEXT.getBytes(UTF_8));
        }
        Path contents = Files.createDirectory(directory.resolve("contents"));
        String endless = "cat " + tar + " | head -c 2048; exec cat /dev/urandom";
        try (Export export = new Export(List.of("sh", "-c", endless), contents)) {
            Diff listed = Diff.parse("C /etc\nC /etc/hosts\n");
            export.read(listed.kinds().keySet(), false);
            assertThat(export.entries().keySet()).hasToString("[/etc]");
        }
    }
}
