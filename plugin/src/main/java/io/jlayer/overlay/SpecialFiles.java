// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a layer hides, in overlayfs' own form, and its named pipes.
 *
 * <p>A whiteout speaks of the layers below only, wherever in the tar it stands. So it is made at the end, and where the
 * layer itself has something of that name, a directory hides what is below it and a file does so anyway.
 */
final class SpecialFiles {

    private final DraftTree tree;
    private final SortedSet<LayerPath> whiteouts = new TreeSet<>();
    private final SortedSet<LayerPath> opaque = new TreeSet<>();
    /** One whiteout that is like any other: more are links to it. */
    private Optional<Path> first = Optional.empty();

    private boolean byAttribute;

    SpecialFiles(DraftTree tree) {
        this.tree = tree;
    }

    void hide(FileEntry whiteout) {
        (whiteout instanceof FileEntry.OpaqueWhiteout ? opaque : whiteouts).add(whiteout.path());
    }

    void fifo(LayerPath at, Metadata metadata) throws IOException {
        Path file = tree.fresh(at);
        String mode = Integer.toOctalString(metadata.mode());
        HostCommand.run(List.of(HostPrograms.require("mkfifo"), "-m", mode, "--", FileNames.text(file)));
        tree.own(at, file, metadata);
    }

    /** Makes the marks; to be called when all other entries are there. */
    void finish() throws IOException {
        for (LayerPath path : opaque) {
            LayerPath at =
                    path.isRoot() ? path : tree.locate(path.resolve("any")).parent();
            Marks.makeOpaque(tree.path(at), Marks.OPAQUE);
        }
        for (LayerPath path : whiteouts) {
            LayerPath at = tree.locate(path);
            if (tree.isDirectory(at)) {
                Marks.makeOpaque(tree.path(at), Marks.OPAQUE);
            } else if (!Files.exists(tree.path(at), LinkOption.NOFOLLOW_LINKS)) {
                whiteout(tree.path(at));
            }
        }
    }

    private void whiteout(Path file) throws IOException {
        if (Marks.isOpaque(file.getParent())) {
            return; // nothing from below is seen there
        }
        if (first.isEmpty() && !byAttribute) {
            first = Marks.makeWhiteout(file);
            byAttribute = first.isEmpty();
        } else if (!byAttribute) {
            Files.createLink(file, first.get());
        }
        if (byAttribute) {
            Marks.makeWhiteoutByAttribute(file);
        }
    }
}
