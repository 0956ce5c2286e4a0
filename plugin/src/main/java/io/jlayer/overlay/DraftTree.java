// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.PathWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tree that is being unpacked. Knows which directories it made, and lets nothing be put anywhere else.
 *
 * <p>Directories can be entered and changed by their owner until {@link #finish}, which gives them what the layer says.
 */
final class DraftTree {

    private final Path root;
    private final FileAttributes attributes;
    /** All directories; empty for those without an entry of their own. */
    private final TreeMap<String, Optional<Metadata>> directories = new TreeMap<>();

    DraftTree(Path root, Ownership ownership) {
        this.root = root;
        this.attributes = new FileAttributes(root, ownership);
        directories.put("", Optional.empty());
    }

    /** Where on this machine; {@code located} must come from {@link #locate} or {@link #find}. */
    Path path(LayerPath located) {
        return FileNames.resolve(root, located.value());
    }

    /** Where an entry of this name belongs: its parents are directories here, made if need be; links are followed. */
    LayerPath locate(LayerPath path) throws IOException {
        return path.isRoot()
                ? path
                : directoryAt(path.parent(), true).orElseThrow().resolve(path.name());
    }

    /** What is at this name, if there is something; links on the way are followed, the last part is not. */
    Optional<LayerPath> find(LayerPath path) throws IOException {
        return directoryAt(path.parent(), false)
                .map(parent -> parent.resolve(path.name()))
                .filter(at -> Files.exists(path(at), LinkOption.NOFOLLOW_LINKS));
    }

    boolean isDirectory(LayerPath located) {
        return directories.containsKey(located.value());
    }

    private Optional<LayerPath> directoryAt(LayerPath path, boolean make) throws IOException {
        if (directories.containsKey(path.value())) {
            return Optional.of(path);
        }
        try {
            return new PathWalk<IOException>(here -> look(here, make)).follow(LayerPath.ROOT, path.value());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private PathWalk.Found look(LayerPath here, boolean make) throws IOException {
        if (directories.containsKey(here.value())) {
            return PathWalk.Found.DIRECTORY;
        }
        if (Files.isSymbolicLink(path(here))) {
            return FileStatus.look(path(here));
        }
        if (!make) {
            return PathWalk.Found.NOTHING; // or a file, which nothing is below
        }
        make(here);
        return PathWalk.Found.DIRECTORY;
    }

    private void make(LayerPath here) throws IOException {
        if (Files.exists(path(here), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(here + " is a file, and a directory too");
        }
        Files.createDirectory(path(here));
        directories.put(here.value(), Optional.empty());
    }

    /** Makes the directory, or says what it is like if it is there; anything else of that name goes. */
    void directory(LayerPath path, Metadata metadata) throws IOException {
        LayerPath at = locate(path);
        if (!isDirectory(at)) {
            remove(at);
            make(at);
        }
        directories.put(at.value(), Optional.of(metadata));
    }

    /** A path where nothing is, ready to be written. */
    Path fresh(LayerPath located) throws IOException {
        Path path = path(located);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            remove(located);
        }
        return path;
    }

    void remove(LayerPath located) throws IOException {
        attributes.forget(located);
        if (!isDirectory(located)) {
            Files.deleteIfExists(path(located));
            return;
        }
        if (located.isRoot()) {
            throw new IOException("the root is not a directory");
        }
        TreeRemoval.remove(path(located), new Ownership.Real());
        directories.remove(located.value());
        directories.subMap(located.value() + "/", located.value() + "0").clear();
    }

    /** Gives a regular file what the layer says of it. */
    void describe(LayerPath located, Path file, Metadata metadata) throws IOException {
        attributes.set(located, file, metadata);
    }

    /** Gives a link or pipe its owner. */
    void own(LayerPath located, Path file, Metadata metadata) throws IOException {
        attributes.setOwner(located, file, metadata);
    }

    /** Says that a file has one more name. */
    void alsoAt(LayerPath file, LayerPath link) {
        attributes.alsoAt(file, link);
    }

    /**
     * Gives all directories what the layer says of them, deepest first.
     *
     * @return those of which it says nothing
     */
    SortedSet<LayerPath> finish() throws IOException {
        SortedSet<LayerPath> implied = new TreeSet<>();
        for (Map.Entry<String, Optional<Metadata>> directory :
                directories.descendingMap().entrySet()) {
            LayerPath at = LayerPath.normal(directory.getKey());
            if (directory.getValue().isEmpty()) {
                implied.add(at);
            }
            try {
                attributes.set(at, path(at), directory.getValue().orElse(Metadata.DIRECTORY));
            } catch (NoSuchFileException e) {
                throw new IOException("the directory " + at + " went away while it was unpacked", e);
            }
        }
        attributes.finish();
        return implied;
    }
}
