// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.PathWalk;
import io.jlayer.oci.ChainId;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names that a stack of layers gives: enough to say where a path really leads, what is there, and what a directory is
 * like.
 *
 * <p>A layer that is put on top needs both. A path through a link ({@code /lib} leading to {@code usr/lib}) must be
 * written where the link leads, since a directory of that name would replace the link and hide all behind it. And an entry
 * for a directory that exists below must repeat its mode and owner, since clients that unpack each layer apart would
 * otherwise give it others.
 */
public final class RootTree {

    /** As Linux. */
    private static final int LONGEST_LINK = 4095;

    /** Directories have metadata, links a target, all others neither. Without any, no path leads elsewhere. */
    private final TreeMap<String, Node> nodes = new TreeMap<>();

    /** What is at a path: a directory, or a link that leads to {@code link}, or else a file of any kind. */
    record Node(Optional<Metadata> directory, String link) {

        static final Node FILE = new Node(Optional.empty(), "");

        boolean isFile() {
            return directory.isEmpty() && link.isEmpty();
        }
    }

    private RootTree() {}

    RootTree(Map<String, Node> nodes) {
        this.nodes.putAll(nodes);
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    /** The tree of no layers. */
    public static RootTree empty() {
        return new RootTree();
    }

    /** Reads all the layers, and checks them on the way. */
    public static RootTree of(List<Layer> lowestFirst) throws IOException {
        return of(lowestFirst, new NameBudget());
    }

    /** As {@link #of(List)}, with a bound on the names that are held. */
    static RootTree of(List<Layer> lowestFirst, NameBudget names) throws IOException {
        RootTree tree = new RootTree();
        for (Layer layer : lowestFirst) {
            tree.add(layer, names);
        }
        return tree;
    }

    /**
     * As {@link #of(List)}, but remembers: layers that were read before are not read again.
     */
    public static RootTree of(List<Layer> lowestFirst, Store store) throws IOException {
        if (lowestFirst.isEmpty()) {
            return empty();
        }
        Records records = store.records("trees-v2");
        ChainId chain = ChainId.of(Image.diffIds(lowestFirst));
        Optional<byte[]> record = records.read(chain.digest());
        if (record.isPresent()) {
            return RootTreeCodec.read(record.get());
        }
        RootTree tree = of(lowestFirst);
        records.write(chain.digest(), RootTreeCodec.write(tree));
        return tree;
    }

    /** Puts a layer on top, and checks it on the way. */
    void add(Layer layer, NameBudget names) throws IOException {
        TreeMap<String, Node> added = new TreeMap<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                apply(entry.get(), added, names);
            }
            reader.verify(layer.diffId());
        } catch (IOException e) {
            throw new IOException("read layer " + layer.descriptor().digest() + ": " + e.getMessage(), e);
        }
        nodes.putAll(added);
    }

    /** Puts a layer on top that does not exist yet. */
    public void add(LayerSpec layer) {
        TreeMap<String, Node> added = new TreeMap<>();
        for (FileEntry entry : layer.entries()) {
            if (entry instanceof FileEntry.Whiteout || entry instanceof FileEntry.OpaqueWhiteout) {
                hide(entry);
            } else if (entry instanceof FileEntry.Directory directory) {
                added.put(entry.path().value(), new Node(Optional.of(directory.metadata()), ""));
            } else {
                remove(nodes, entry.path(), true);
                added.put(
                        entry.path().value(),
                        entry instanceof FileEntry.Symlink link
                                ? new Node(Optional.empty(), link.target())
                                : Node.FILE);
            }
        }
        nodes.putAll(added);
    }

    private void hide(FileEntry whiteout) {
        remove(nodes, whiteout.path(), !(whiteout instanceof FileEntry.OpaqueWhiteout));
    }

    /**
     * What is hidden is taken from the layers below at once, what is added comes on top at the end: a whiteout never hides
     * what its own layer holds, wherever in the layer it stands.
     */
    private void apply(LayerReader.Entry entry, NavigableMap<String, Node> added, NameBudget names) throws IOException {
        Optional<FileEntry> whiteout = entry.whiteout();
        if (whiteout.isPresent()) {
            hide(whiteout.get());
            return;
        }
        LayerPath path = entry.path();
        if (entry.tar().type() == TarEntry.Type.DIRECTORY) {
            names.take(path.value().length());
            // The fixed time: what the base's time was must not decide the bytes of the layers above.
            Metadata metadata = Metadata.of(
                    entry.tar().mode(), entry.tar().uid(), entry.tar().gid());
            added.put(path.value(), new Node(Optional.of(metadata), ""));
            return;
        }
        remove(nodes, path, true);
        remove(added, path, true);
        boolean isLink = entry.tar().type() == TarEntry.Type.SYMLINK;
        String link = isLink ? entry.tar().linkName() : "";
        if (link.length() > LONGEST_LINK) {
            throw new IOException("the link at " + path + " is longer than " + LONGEST_LINK + " characters");
        }
        names.take(path.value().length() + link.length());
        added.put(path.value(), isLink ? new Node(Optional.empty(), link) : Node.FILE);
    }

    private static void remove(NavigableMap<String, Node> nodes, LayerPath path, boolean itself) {
        if (itself) {
            nodes.remove(path.value());
        }
        String below = path.isRoot() ? "" : path.value() + "/";
        nodes.subMap(below, false, below + Character.MAX_VALUE, true).clear();
    }

    /** Whether a directory is at this path, be it only for what is in it; links are not followed. */
    public boolean isDirectory(LayerPath path) {
        String below = path.value() + "/";
        String next = nodes.higherKey(below);
        return path.isRoot() || directory(path).isPresent() || (next != null && next.startsWith(below));
    }

    /** Whether anything is at this path; links are not followed. */
    boolean holds(LayerPath path) {
        return nodes.containsKey(path.value()) || isDirectory(path);
    }

    /** Whether something is at this path that is neither a directory nor a link. */
    public boolean isFile(LayerPath path) {
        Node node = nodes.get(path.value());
        return node != null && node.isFile() && !isDirectory(path);
    }

    /** What the directory at this path is like, if an entry says so; links are not followed. */
    public Optional<Metadata> directory(LayerPath path) {
        return Optional.ofNullable(nodes.get(path.value())).flatMap(Node::directory);
    }

    /**
     * Where a file at this path would really be: all directories on the way are followed through links, the last part is
     * not.
     *
     * @throws IllegalArgumentException if links lead in a circle
     */
    public LayerPath resolve(LayerPath path) {
        return path.isRoot() || nodes.isEmpty()
                ? path
                : resolveDirectory(path.parent()).resolve(path.name());
    }

    /** Where a directory at this path would really be: the last part is followed too. */
    public LayerPath resolveDirectory(LayerPath path) {
        return nodes.isEmpty()
                ? path
                : new PathWalk<>(this::found)
                        .follow(LayerPath.ROOT, path.value())
                        .orElseThrow();
    }

    /** What is not there will be a directory. */
    private PathWalk.Found found(LayerPath path) {
        Node node = nodes.get(path.value());
        return node == null || node.link().isEmpty() ? PathWalk.Found.DIRECTORY : PathWalk.Found.link(node.link());
    }
}
