// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeded trees that are written as layers, unpacked, and compared file by file. */
class UnpackFuzzTest {

    private static final List<String> NAMES =
            List.of("a", "b c", "ü", "-n", "it's", "new\nline", "$HOME", "x".repeat(120), "back\\slash", ".hidden");
    private static final int[] MODES = {0644, 0755, 0600, 04755, 02755, 0444, 0000, 01777};

    @TempDir
    Path directory;

    @AfterEach
    void open() throws IOException {
        TreeRemoval.remove(directory.resolve("layers"), new Ownership.Flat());
    }

    @Test
    void treesComeBackAsTheyWere() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        boolean root = ThisUser.uid() == 0;
        Ownership ownership = root ? new Ownership.Real() : new Ownership.Flat();
        Store store = Store.open(directory.resolve("store"));
        for (int seed = 1; seed <= 40; seed++) {
            List<FileEntry> entries = entries(new Random(seed), root);
            Layer layer = TestLayers.layer(store.blobs(), entries);
            RootFs rootFs = new LayerDirectories(directory.resolve("layers"), ownership).rootFs(List.of(layer));
            assertThat(found(rootFs.lowestFirst().get(0).directory(), root))
                    .as("seed " + seed)
                    .isEqualTo(expected(entries));
        }
    }

    private static List<FileEntry> entries(Random random, boolean root) {
        List<LayerPath> directories = new ArrayList<>(List.of(LayerPath.ROOT));
        Map<String, FileEntry> entries = new TreeMap<>();
        List<FileEntry.Regular> files = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            LayerPath path = directories
                    .get(random.nextInt(directories.size()))
                    .resolve(LayerPath.normal(NAMES.get(random.nextInt(NAMES.size()))));
            if (entries.containsKey(path.value())) {
                continue;
            }
            long owner = root ? random.nextInt(3) * 100L : 0;
            int mode = MODES[random.nextInt(root ? MODES.length : 3)];
            Metadata metadata = new Metadata(mode, owner, owner, 1 + random.nextInt(1_000_000), new TreeMap<>());
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    directories.add(path);
                    entries.put(path.value(), new FileEntry.Directory(path, metadata));
                }
                case 2 -> entries.put(path.value(), new FileEntry.Symlink(path, metadata, "to/" + random.nextInt(9)));
                case 3 -> {
                    if (!files.isEmpty()) {
                        FileEntry.Regular file = files.get(random.nextInt(files.size()));
                        entries.put(path.value(), new FileEntry.HardLink(path, file.metadata(), file.path()));
                    }
                }
                default -> {
                    byte[] bytes = new byte[random.nextInt(5000)];
                    random.nextBytes(bytes);
                    FileEntry.Regular file = new FileEntry.Regular(path, metadata, FileContent.of(bytes));
                    files.add(file);
                    entries.put(path.value(), file);
                }
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static Map<String, String> expected(List<FileEntry> entries) throws IOException {
        Map<String, String> all = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        for (FileEntry entry : entries) {
            if (entry instanceof FileEntry.Regular file) {
                files.put(
                        file.path().value(),
                        "file " + text(file.metadata()) + " " + file.content().digest());
            }
        }
        for (FileEntry entry : entries) {
            String key = entry.path().value();
            if (entry instanceof FileEntry.Directory made) {
                all.put(key, "dir " + text(made.metadata()));
            } else if (entry instanceof FileEntry.Symlink link) {
                all.put(key, "link " + link.metadata().uid() + " " + link.target());
            } else if (entry instanceof FileEntry.HardLink link) {
                all.put(key, files.get(link.target().value()));
            } else {
                all.put(key, files.get(key));
            }
        }
        return all;
    }

    private static String text(Metadata metadata) {
        return Integer.toOctalString(metadata.mode()) + " " + metadata.uid() + " " + metadata.mtime();
    }

    private static Map<String, String> found(Path root, boolean real) throws IOException {
        Map<String, String> all = new TreeMap<>();
        Ownership ownership = real ? new Ownership.Real() : new Ownership.Flat();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.skip(1).toList()) {
                FileStatus status = FileStatus.of(file);
                String text = text(status.metadata(ownership));
                String key = FileNames.below(root, file);
                if (status.isDirectory()) {
                    all.put(key, "dir " + text);
                } else if (status.isSymlink()) {
                    all.put(key, "link " + status.metadata(ownership).uid() + " " + Files.readSymbolicLink(file));
                } else {
                    byte[] bytes = Files.readAllBytes(file);
                    all.put(key, "file " + text + " " + Digest.sha256(bytes));
                }
            }
        }
        return all;
    }

    @Test
    void namesThatNeedAllOfALineAreFine() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        Store store = Store.open(directory.resolve("store"));
        Layer layer = TestLayers.layer(store.blobs(), List.of(TestLayers.text("-rf", "x".repeat(100))));
        RootFs rootFs = new LayerDirectories(directory.resolve("layers"), new Ownership.Flat()).rootFs(List.of(layer));
        assertThat(Files.readAllBytes(rootFs.find(LayerPath.of("-rf")).orElseThrow()))
                .isEqualTo("x".repeat(100).getBytes(UTF_8));
    }
}
