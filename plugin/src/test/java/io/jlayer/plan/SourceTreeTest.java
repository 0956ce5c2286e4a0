// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    @TempDir
    Path directory;

    private Path tree;
    private FileDigests digests;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        digests = FileDigests.open(Store.open(directory.resolve("store")), tree);
    }

    private SortedMap<String, FileEntry> read(Path start) throws IOException {
        SortedMap<String, FileEntry> entries = new TreeMap<>();
        for (SourceTree.Item item : SourceTree.read(start, digests, warnings::add)) {
            LayerPath path = LayerPath.of("/app").resolve(item.name());
            entries.put(item.name(), item.entry(path, Metadata.FILE, Metadata.DIRECTORY, digests));
        }
        return entries;
    }

    @Test
    void namesAllThatIsBelow() throws IOException {
        Files.createDirectories(tree.resolve("a/b/empty"));
        Files.writeString(tree.resolve("a/b/file"), "text");
        Files.writeString(FileNames.resolve(tree, "grüße 1"), "");

        assertThat(read(tree)).containsOnlyKeys("a", "a/b", "a/b/empty", "a/b/file", "grüße 1");
        assertThat(read(tree).get("a/b/file"))
                .isInstanceOfSatisfying(FileEntry.Regular.class, file -> assertThat(file.path())
                        .isEqualTo(LayerPath.of("/app/a/b/file")));
    }

    @Test
    void doesNotGoThroughLinksButThroughTheOneItStartsAt() throws IOException {
        Files.createDirectory(tree.resolve("real"));
        Files.writeString(tree.resolve("real/file"), "text");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("real"));
        Path start = Files.createSymbolicLink(directory.resolve("start"), tree);

        assertThat(read(start)).containsOnlyKeys("real", "real/file", "link");
        assertThat(read(start).get("link"))
                .isInstanceOfSatisfying(FileEntry.Symlink.class, link -> assertThat(link.target())
                        .isEqualTo("real"));
    }

    @Test
    void aBackslashIsNoSlashWhereItIsNot() throws IOException {
        assumeTrue(File.separatorChar == '/', "a backslash is a slash here");
        Files.writeString(tree.resolve("a\\b"), "text");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a\\b"));

        assertThat(read(tree)).containsOnlyKeys("a\\b", "link");
        assertThat(((FileEntry.Symlink) read(tree).get("link")).target()).isEqualTo("a\\b");
    }

    @Test
    void leavesOutPipesAndSaysSo() throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start();
        assumeTrue(pipe.waitFor() == 0, "needs mkfifo");

        assertThat(read(tree)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("pipe is left out");
    }

    @Test
    void aFileThatChangesAfterTheLookIsNotTakenForWhatItWas() throws IOException {
        Path file = Files.writeString(tree.resolve("file"), "one");
        FileEntry.Regular entry = (FileEntry.Regular) read(tree).get("file");
        Files.writeString(file, "another");

        assertThatThrownBy(() -> entry.content().digest())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed");
    }
}
