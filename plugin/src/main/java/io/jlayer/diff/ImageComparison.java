// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Concurrently;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.image.OfferedPlatforms;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.NameBudget;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares two images. Everything read is checked. Layers are read only where the images have different ones, each once
 * though both have it; layers that are not in the store come there.
 */
public final class ImageComparison {

    private final BlobStore store;
    private final Optional<Path> archives;
    /** What was read already: images of several platforms share layers, as do the old image and the new one. */
    private final Map<DiffId, LayerFiles> read = new HashMap<>();
    /** Bytes of memory that those take, all together. */
    private final NameBudget names;

    /**
     * A comparison.
     *
     * @param store where layers are kept that are read
     * @param archives a directory for jars that are looked into; empty if they are not to be
     */
    public ImageComparison(BlobStore store, Optional<Path> archives) {
        this(store, archives, new NameBudget());
    }

    ImageComparison(BlobStore store, Optional<Path> archives, NameBudget names) {
        this.store = store;
        this.archives = archives;
        this.names = names;
    }

    /**
     * Compares them.
     *
     * @param wanted the platforms to compare; if empty, {@code preferred} where both are for it, else all that both are for
     * @throws IllegalArgumentException if there is no platform that both are for
     * @throws IOException if something of them is missing, damaged, or cannot be fetched
     */
    public ImagesDiff compare(RawImage before, RawImage after, List<Platform> wanted, Optional<Platform> preferred)
            throws IOException {
        List<Platform> old = OfferedPlatforms.of(before);
        List<Platform> now = OfferedPlatforms.of(after);
        List<PlatformDiff> platforms = new ArrayList<>();
        for (PlatformChoice.Pair pair : PlatformChoice.of(wanted, preferred, old, now)) {
            platforms.add(compare(find(before, pair.before()), find(after, pair.after())));
        }
        // Who names platforms does not ask for others; two single images say themselves what they are for.
        boolean all = wanted.isEmpty() && old.size() + now.size() > 2;
        return new ImagesDiff(
                before.root(),
                after.root(),
                List.copyOf(platforms),
                all ? without(old, now) : List.of(),
                all ? without(now, old) : List.of());
    }

    private static List<Platform> without(List<Platform> these, List<Platform> those) {
        return these.stream()
                .filter(platform -> those.stream().allMatch(other -> platform.fit(other) == 0))
                .toList();
    }

    private ComparedImage find(RawImage raw, Platform platform) throws IOException {
        ImageLoader.Found found = new ImageLoader(raw.blobs(), store).find(raw.root(), platform);
        return new ComparedImage(found.manifest(), found.config(), found.image());
    }

    private PlatformDiff compare(ComparedImage before, ComparedImage after) throws IOException {
        List<LayerChange> layers = LayerChanges.between(before, after);
        List<FileChange> files = List.of();
        if (!before.hasSameLayers(after)) {
            read(before, after);
            ImageFiles old = files(before);
            ImageFiles now = files(after);
            files = FileChanges.between(tree(old), tree(now));
            if (archives.isPresent()) {
                files = new ArchiveChanges(new ArchiveFiles(archives.get())).within(files, old, now);
            }
        }
        return new PlatformDiff(
                before,
                after,
                layers,
                Traffic.between(before, after, layers),
                ConfigChanges.between(before, after),
                List.copyOf(files));
    }

    /** Reads the layers of both that were not read yet, side by side. */
    private void read(ComparedImage before, ComparedImage after) throws IOException {
        Map<DiffId, Layer> layers = new LinkedHashMap<>();
        for (Layer layer : after.lowestFirst()) {
            layers.putIfAbsent(layer.diffId(), layer);
        }
        for (Layer layer : before.lowestFirst()) {
            layers.putIfAbsent(layer.diffId(), layer);
        }
        layers.keySet().removeAll(read.keySet());
        for (LayerFiles files :
                Concurrently.call(List.copyOf(layers.values()), layer -> LayerFiles.read(layer, names))) {
            read.put(files.layer().diffId(), files);
        }
    }

    private ImageFiles files(ComparedImage image) {
        return ImageFiles.of(image.lowestFirst().stream()
                .map(layer -> read.get(layer.diffId()))
                .toList());
    }

    private static Map<LayerPath, LayerFile> tree(ImageFiles files) {
        Map<LayerPath, LayerFile> tree = new TreeMap<>();
        files.tree().forEach((path, seen) -> tree.put(path, seen.file()));
        return tree;
    }
}
