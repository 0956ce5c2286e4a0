// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Digest;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.RootFs;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of layers that anybody may have written is what a trial finds when it unpacks and stacks them. */
class SeenTreePeerTest {

    private static final int IMAGES = 400;
    private static final List<String> NAMES = List.of("a", "b", "a.c", "\u00e4");
    private static final List<String> TEXTS = List.of("one!", "two!", "too!");

    @TempDir
    Path directory;

    @Test
    void aContainerSeesTheSame() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        LayerDirectories directories = new LayerDirectories(directory, new Ownership.Flat());
        int compared = 0;
        for (int seed = 0; seed < IMAGES; seed++) {
            Random random = new Random(seed);
            List<Layer> layers = List.of(layer(random), layer(random), layer(random));
            RootFs rootFs;
            try {
                rootFs = directories.rootFs(layers);
            } catch (IOException odd) {
                continue; // such as a file in a file
            }
            assertThat(told(ImageFiles.read(layers))).as("seed %s", seed).isEqualTo(found(rootFs));
            compared++;
        }
        assertThat(compared).isGreaterThan(IMAGES / 4);
    }

    private static Layer layer(Random random) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            entries.add(entry(random, entries));
        }
        return TestLayers.raw(entries, TEXTS.get(random.nextInt(TEXTS.size())));
    }

    /** Hard links are to what the layer has: of one below, unpacking makes a copy that whiteouts do not hide. */
    private static TarEntry hardLink(Random random, String path, List<TarEntry> before) {
        TarEntry target = before.isEmpty() ? null : before.get(random.nextInt(before.size()));
        return target == null || target.type() != TarEntry.Type.FILE || target.size() == 0
                ? TestLayers.entry(path, TarEntry.Type.FILE, "", 4)
                : TestLayers.entry(path, TarEntry.Type.HARD_LINK, target.name(), 0);
    }

    private static TarEntry entry(Random random, List<TarEntry> before) {
        String path = path(random);
        String other = path(random);
        String parent = path.substring(0, path.lastIndexOf('/') + 1);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> TestLayers.entry(path, TarEntry.Type.DIRECTORY, "", 0);
            case 3 -> TestLayers.entry(path, TarEntry.Type.SYMLINK, random.nextBoolean() ? "/" + other : other, 0);
            case 4 -> hardLink(random, path, before);
            case 5 ->
                TestLayers.entry(parent + ".wh." + NAMES.get(random.nextInt(NAMES.size())), TarEntry.Type.FILE, "", 0);
            case 6 -> TestLayers.entry(parent + ".wh..wh..opq", TarEntry.Type.FILE, "", 0);
            default -> TestLayers.entry(path, TarEntry.Type.FILE, "", 4);
        };
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
        for (int deeper = random.nextInt(3); deeper > 0; deeper--) {
            path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
        }
        return path.toString();
    }

    private static SortedMap<String, String> told(ImageFiles files) {
        SortedMap<String, String> told = new TreeMap<>();
        for (Map.Entry<LayerPath, ImageFiles.Seen> seen :
                files.below(LayerPath.ROOT).entrySet()) {
            LayerFile file = seen.getValue().file();
            String what = file.isSymlink() ? "-> " + file.link() : "directory";
            told.put(
                    seen.getKey().value(),
                    file.isRegular() ? file.content().orElseThrow().toString() : what);
        }
        return told;
    }

    private static SortedMap<String, String> found(RootFs rootFs) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        find(rootFs, LayerPath.ROOT, found);
        return found;
    }

    private static void find(RootFs rootFs, LayerPath directory, SortedMap<String, String> found) throws IOException {
        for (String name : rootFs.names(directory)) {
            LayerPath path = directory.resolve(name);
            Path file = rootFs.find(path).orElseThrow();
            if (Files.isSymbolicLink(file)) {
                found.put(path.value(), "-> " + FileNames.target(file));
            } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                found.put(path.value(), "directory");
                find(rootFs, path, found);
            } else {
                found.put(path.value(), Digest.sha256(Files.readAllBytes(file)).toString());
            }
        }
    }
}
