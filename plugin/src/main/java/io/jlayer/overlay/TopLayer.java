// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;

/**
 * A small layer that is made for one mount and lies above those of the image: mount points, and files that speak of this
 * machine. So nothing of that is written into the upper directory, and no link of the image is followed on this machine.
 *
 * <p>Directories that the image has too stay as they are there. For one thread.
 */
public final class TopLayer {

    private final RootFs below;
    private final Path directory;
    private final DraftTree tree;

    /** Begins the layer in {@code directory}, which must not be there yet. */
    public TopLayer(RootFs below, Path directory) throws IOException {
        this.below = below;
        this.directory = Files.createDirectory(directory);
        this.tree = new DraftTree(directory, below.ownership());
        for (LayerDirectory layer : below.lowestFirst()) {
            for (LayerPath implied : layer.implied()) {
                repeat(implied);
            }
        }
    }

    /** What no layer's entry describes where it is seen is described here. */
    private void repeat(LayerPath path) throws IOException {
        Optional<Path> seen = below.find(path);
        if (seen.isPresent() && Files.isDirectory(seen.get(), LinkOption.NOFOLLOW_LINKS)) {
            add(path);
        }
    }

    /** A directory, as the image has it or else as root's; links of the image are followed. */
    public LayerPath directory(LayerPath path) throws IOException {
        LayerPath at = below.locate(path);
        add(at);
        return at;
    }

    private void add(LayerPath at) throws IOException {
        if (!at.isRoot()) {
            add(at.parent());
        }
        Optional<Path> same = below.describing(at);
        boolean there = same.isPresent() && Files.isDirectory(same.get(), LinkOption.NOFOLLOW_LINKS);
        tree.directory(at, there ? FileStatus.of(same.get()).metadata(below.ownership()) : Metadata.DIRECTORY);
    }

    /** An empty directory in which nothing of the image is seen. */
    public void emptyDirectory(LayerPath path) throws IOException {
        add(path.parent());
        tree.directory(path, Metadata.DIRECTORY);
        Marks.makeOpaque(tree.path(path), Marks.OPAQUE);
    }

    /** A file of root's that all may read. */
    public LayerPath file(LayerPath path, String content) throws IOException {
        return file(path, content.getBytes(UTF_8));
    }

    /** The same, of bytes. */
    public LayerPath file(LayerPath path, byte[] content) throws IOException {
        LayerPath at = directory(path.parent()).resolve(path.name());
        Path file = tree.fresh(at);
        Files.write(file, content);
        tree.describe(at, file, Metadata.FILE);
        return at;
    }

    public void symlink(LayerPath path, String target) throws IOException {
        LayerPath at = directory(path.parent()).resolve(path.name());
        Files.createSymbolicLink(tree.fresh(at), FileNames.of(target));
    }

    /** The finished layer. To be called once. */
    public LayerDirectory finish() throws IOException {
        add(LayerPath.ROOT);
        tree.finish();
        return new LayerDirectory(directory, Collections.emptySortedSet());
    }
}
