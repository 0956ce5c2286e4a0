// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerDraft;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A copy of all that a stack of layers shows, in one directory, for where nothing can be mounted. What was changed in it is
 * found by comparing all files. Needs root, since the copies have the owners that the layers say.
 */
public final class CopiedRootFs {

    private final Path root;
    private final RootFs lower;
    /** Of the layer that is being copied: files with several names, by inode; only looked up. */
    private final Map<String, Path> linked = new HashMap<>();

    private CopiedRootFs(Path root, RootFs lower) {
        this.root = root;
        this.lower = lower;
    }

    /**
     * Makes the copy in a directory, unless it is there; a copy that was cut off is not. In one that is there devices and what
     * speaks of this machine is made anew, as in a container that is started again.
     */
    public static CopiedRootFs in(Path root, RootFs lower) throws IOException {
        CopiedRootFs copied = new CopiedRootFs(root, lower);
        if (!Files.isDirectory(root)) {
            Path draft = root.resolveSibling(root.getFileName() + ".draft");
            TreeRemoval.remove(draft, lower.ownership());
            CopiedRootFs made = new CopiedRootFs(draft, lower);
            for (LayerDirectory layer : lower.lowestFirst()) {
                made.linked.clear();
                made.directory(layer.directory(), draft);
            }
            Files.move(draft, root, StandardCopyOption.ATOMIC_MOVE);
        } else {
            copied.refresh();
        }
        return copied;
    }

    /** No link that a program made is followed. */
    private void refresh() throws IOException {
        TreeRemoval.remove(root.resolve("dev"), lower.ownership());
        for (LayerDirectory layer : lower.lowestFirst()) {
            Path devices = layer.directory().resolve("dev");
            if (FileStatus.find(devices).isPresent()) {
                entry(devices, root.resolve("dev"));
            }
        }
        for (String name : UpperLayer.HOST_FILES) {
            Path file = root.resolve(name);
            Optional<Path> fresh = lower.find(LayerPath.of(name));
            if (fresh.isPresent() && Files.isDirectory(file.getParent(), LinkOption.NOFOLLOW_LINKS)) {
                entry(fresh.get(), file);
            }
        }
    }

    public Path root() {
        return root;
    }

    private void directory(Path from, Path to) throws IOException {
        if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS) || Marks.isOpaque(from)) {
            TreeRemoval.remove(to, lower.ownership());
            Files.createDirectories(to);
        }
        for (Path file : Listing.of(from).files()) {
            entry(file, to.resolve(file.getFileName()));
        }
        describe(FileStatus.of(from), to);
        PlainAttributes.write(to, PlainAttributes.read(from));
    }

    private void entry(Path from, Path to) throws IOException {
        FileStatus status = FileStatus.of(from);
        if (status.isDirectory()) {
            directory(from, to);
            return;
        }
        TreeRemoval.remove(to, lower.ownership());
        if (Marks.isWhiteout(from)) {
            return;
        }
        Path first = status.links() > 1 ? linked.putIfAbsent(status.inode(), to) : null;
        if (first != null) {
            Files.createLink(to, first);
        } else if (status.isFile() || status.isSymlink()) {
            // The owner too, and before capabilities, which a new owner would take away.
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            special(status, to);
        }
    }

    private static void special(FileStatus status, Path to) throws IOException {
        if (status.isFifo()) {
            HostCommand.run(List.of(HostPrograms.require("mkfifo"), "--", FileNames.text(to)));
            describe(status, to);
        } else if (status.isCharacterDevice() || status.isBlockDevice()) {
            HostCommand.run(List.of(
                    HostPrograms.require("mknod"),
                    "--",
                    FileNames.text(to),
                    status.isBlockDevice() ? "b" : "c",
                    Integer.toString(status.deviceMajor()),
                    Integer.toString(status.deviceMinor())));
            describe(status, to);
        } // What is left is a socket, on which nothing could listen.
    }

    private static void describe(FileStatus status, Path to) throws IOException {
        Files.setAttribute(to, "unix:uid", (int) status.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(to, "unix:gid", (int) status.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(to, "unix:mode", status.mode()); // a new owner takes some of it away
    }

    /** What is not as in the layers. */
    public Changes changes() throws IOException {
        return Changes.readWhole(root, lower);
    }

    /**
     * Some of those changes as a layer on top, with the directories on the way, since who unpacks each layer apart would give
     * them other owners and modes.
     */
    public Layer layer(Changes changes, BlobStore store) throws IOException {
        SortedMap<LayerPath, Change> all = new TreeMap<>();
        FileCapabilities capabilities = new FileCapabilities(root);
        for (Change change : changes.all()) {
            all.put(change.path(), change);
            for (LayerPath at = change.path().parent(); !at.isRoot(); at = at.parent()) {
                all.putIfAbsent(at, new Change(Change.Kind.CHANGED, at, 0, true, true));
            }
            if (change.kind() != Change.Kind.DELETED) {
                capabilities.add(change.path(), FileStatus.of(path(change)));
            }
        }
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                LayerDraft draft = new LayerDraft(store, Compression.GZIP, workers)) {
            UpperLayer layer =
                    new UpperLayer(draft.tar(), lower.ownership(), false, capabilities.read(lower.ownership()));
            for (Change change : all.values()) {
                layer.change(change, path(change));
            }
            return draft.commit();
        }
    }

    private Path path(Change change) {
        return FileNames.resolve(root, change.path().value());
    }
}
