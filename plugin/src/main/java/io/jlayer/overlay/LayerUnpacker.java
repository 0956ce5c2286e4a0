// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.Metadata;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Unpacks one layer into an empty directory, in the form that overlayfs stacks.
 *
 * <p>Nothing that the layer says can reach outside of the directory: names are checked by {@link LayerPath}, and links that
 * stand in a name's way are followed here and never by the kernel. Of two entries with one name the later wins, as in tar.
 * Device nodes are left out: a trial has its own.
 */
final class LayerUnpacker {

    private static final int BUFFER = 128 << 10;
    private static final byte[] ZEROS = new byte[BUFFER];

    private final DraftTree tree;
    private final SpecialFiles special;
    private final Ownership ownership;
    private final Optional<RootFs> below;
    private final byte[] buffer = new byte[BUFFER];

    private LayerUnpacker(Path directory, Ownership ownership, Optional<RootFs> below) {
        this.tree = new DraftTree(directory, ownership);
        this.special = new SpecialFiles(tree);
        this.ownership = ownership;
        this.below = below;
    }

    /**
     * Unpacks the layer and checks it against its diffID.
     *
     * @param below what lies below, for hard links that lead there
     * @return the directories that it has no entry for
     * @throws LinkBelowException if it has such links and {@code below} is empty
     */
    static SortedSet<LayerPath> unpack(Layer layer, Path directory, Ownership ownership, Optional<RootFs> below)
            throws IOException {
        LayerUnpacker unpacker = new LayerUnpacker(directory, ownership, below);
        try (LayerReader reader = LayerReader.openAhead(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                unpacker.apply(entry.get(), reader.content());
            }
            reader.verify(layer.diffId());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        unpacker.special.finish();
        return unpacker.tree.finish();
    }

    private void apply(LayerReader.Entry entry, InputStream content) throws IOException {
        Optional<FileEntry> whiteout = entry.whiteout();
        if (whiteout.isPresent()) {
            special.hide(whiteout.get());
            return;
        }
        if (entry.tar().type() == TarEntry.Type.DIRECTORY) {
            tree.directory(entry.path(), entry.metadata());
            return;
        }
        if (entry.path().isRoot()) {
            throw new IOException("the root is a " + entry.tar().type());
        }
        LayerPath at = tree.locate(entry.path());
        switch (entry.tar().type()) {
            case FILE -> file(at, entry.metadata(), content);
            case SYMLINK -> symlink(at, entry);
            case HARD_LINK -> hardLink(at, LayerPath.of(entry.tar().linkName()));
            case FIFO -> special.fifo(at, entry.metadata());
            default -> tree.remove(at);
        }
    }

    private void file(LayerPath at, Metadata metadata, InputStream content) throws IOException {
        Path file = tree.fresh(at);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int count;
            boolean hole = false;
            while ((count = content.readNBytes(buffer, 0, buffer.length)) > 0) {
                hole = count == buffer.length && Arrays.equals(buffer, ZEROS);
                if (hole) {
                    out.position(out.position() + count); // what is passed over takes no space on the disk
                } else {
                    writeAll(out, ByteBuffer.wrap(buffer, 0, count));
                }
            }
            if (hole) {
                writeAll(out.position(out.position() - 1), ByteBuffer.wrap(ZEROS, 0, 1));
            }
        }
        tree.describe(at, file, metadata);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void symlink(LayerPath at, LayerReader.Entry entry) throws IOException {
        String target = entry.tar().linkName();
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new IOException(at + " is a link to nothing");
        }
        Path link = tree.fresh(at);
        Files.createSymbolicLink(link, FileNames.of(target));
        tree.own(at, link, entry.metadata());
    }

    private void hardLink(LayerPath at, LayerPath target) throws IOException {
        Optional<LayerPath> found = tree.find(target);
        if (found.isEmpty()) {
            found = Optional.of(copyFromBelow(at, target));
        }
        if (found.get().equals(at)) {
            return;
        }
        // What is found may lie in a directory that the link takes the place of.
        Path link = tree.fresh(at);
        if (!Files.exists(tree.path(found.get()), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(at + " is a hard link to itself");
        }
        Files.createLink(link, tree.path(found.get()));
        tree.alsoAt(found.get(), at);
    }

    /** A link to what lies below moves that file up into this layer first: both names must be one file. */
    private LayerPath copyFromBelow(LayerPath link, LayerPath target) throws IOException {
        if (below.isEmpty()) {
            throw new LinkBelowException(link, target);
        }
        Path lower = below.get()
                .find(target)
                .orElseThrow(() -> new IOException(link + " is a hard link to " + target + ", which is not there"));
        if (!Files.isRegularFile(lower, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(link + " is a hard link to " + target + ", which is not a file");
        }
        LayerPath at = tree.locate(target);
        Files.copy(lower, tree.fresh(at), StandardCopyOption.COPY_ATTRIBUTES);
        FileStatus status = FileStatus.of(lower);
        tree.describe(at, tree.path(at), status.metadata(ownership));
        return at;
    }
}
