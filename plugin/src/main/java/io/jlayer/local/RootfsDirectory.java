// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.DraftFile;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.blob.Store;
import io.jlayer.image.ElfHeader;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerRecipe;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A root file system that is a directory of this machine: modes, owners, links and devices as they are there, times fixed,
 * since unpacking the same thing twice gives different ones.
 */
final class RootfsDirectory {

    private static final String ATTRIBUTES = "unix:mode,uid,gid,ino,dev,nlink,rdev";
    private static final int TYPE = 0170000;

    private final Path root;
    private final FileDigests digests;
    private final Consumer<String> warnings;
    private final long self;
    private final List<FileEntry> entries = new ArrayList<>();
    private final Map<String, LayerPath> linked = new HashMap<>();
    private Optional<String> architecture = Optional.empty();

    private RootfsDirectory(Path root, Store store, FileDigests digests, Consumer<String> warnings) throws IOException {
        this.root = root;
        this.digests = digests;
        this.warnings = warnings;
        this.self = builder(store);
    }

    /** Who builds: the owner of a file that was just made. */
    private static long builder(Store store) throws IOException {
        try (DraftFile file = store.draftFile("owner-")) {
            Files.createFile(file.path());
            return ((Number) Files.getAttribute(file.path(), "unix:uid")).longValue();
        }
    }

    /** Looks at all that is there; follows no link. */
    static RootfsDirectory read(Path root, Store store, FileDigests digests, Consumer<String> warnings)
            throws IOException {
        try {
            RootfsDirectory directory = new RootfsDirectory(root, store, digests, warnings);
            directory.readBelow(root, LayerPath.ROOT);
            return directory;
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "there is no right to read " + e.getFile()
                            + "; give it, or pack the directory as root and use rootfs:FILE.tar",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new IOException("a directory can be a root file system only where files have Unix owners", e);
        }
    }

    Optional<String> architecture() {
        return architecture;
    }

    /** The digest of all that decides the layer. */
    Digest recipe() throws IOException {
        return LayerRecipe.of(spec(), Compression.GZIP);
    }

    Layer write(BlobStore store, Workers workers) throws IOException {
        return new LayerWriter(store, Compression.GZIP, workers).write(spec());
    }

    private LayerSpec spec() throws IOException {
        try {
            return new LayerSpec("root file system", entries);
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + root + ": " + e.getMessage(), e);
        }
    }

    private void readBelow(Path directory, LayerPath path) throws IOException {
        List<Path> children = Listing.of(directory).files();
        children.sort(null); // so that of several hard links the same one is always the file
        for (Path child : children) {
            String name = FileNames.name(child);
            read(child, path.resolve(LayerPath.normal(name)));
        }
    }

    private void read(Path file, LayerPath path) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) unix.get("mode");
        Metadata metadata = Metadata.of(mode & 07777, owner(unix, "uid"), owner(unix, "gid"));
        switch (mode & TYPE) {
            case 0040000 -> {
                entries.add(new FileEntry.Directory(path, metadata));
                readBelow(file, path);
            }
            case 0100000 -> entries.add(regular(file, path, metadata, unix));
            case 0120000 -> entries.add(new FileEntry.Symlink(path, metadata, FileNames.target(file)));
            case 0010000 -> entries.add(new FileEntry.Fifo(path, metadata));
            case 0020000, 0060000 -> entries.add(device(path, metadata, mode, (Long) unix.get("rdev")));
            default -> warnings.accept(file + " is left out: a socket has no place in an image");
        }
    }

    /** Files of the user that builds, who is not root, stand for root's: nobody else could have unpacked them so. */
    private long owner(Map<String, Object> unix, String which) {
        long uid = ((Number) unix.get("uid")).longValue();
        return self != 0 && uid == self ? 0 : ((Number) unix.get(which)).longValue();
    }

    private FileEntry regular(Path file, LayerPath path, Metadata metadata, Map<String, Object> unix)
            throws IOException {
        if (((Number) unix.get("nlink")).longValue() > 1) {
            LayerPath first = linked.putIfAbsent(unix.get("dev") + " " + unix.get("ino"), path);
            if (first != null) {
                return new FileEntry.HardLink(path, metadata, first);
            }
        }
        if (architecture.isEmpty() && ElfMachine.isTelling(path)) {
            try (InputStream in = Files.newInputStream(file)) {
                architecture = ElfMachine.of(in.readNBytes(ElfHeader.SIZE));
            }
        }
        return new FileEntry.Regular(path, metadata, new LocalFile(file, digests));
    }

    /** As Linux packs the two numbers into one. */
    private static FileEntry device(LayerPath path, Metadata metadata, int mode, long number) {
        int major = (int) ((number >>> 8) & 0xfff);
        int minor = (int) ((number & 0xff) | ((number >>> 12) & 0xfff00));
        return new FileEntry.Device(path, metadata, (mode & TYPE) == 0060000, major, minor);
    }
}
