// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Whiteouts;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes an upper directory as a layer of an image. Equal directories give equal bytes: entries are sorted and have the
 * fixed time. Extended attributes stay, but those of overlays. Sockets are left out, since nothing could listen on them, and
 * what no layer {@linkplain Changes#unsayable can hold}.
 */
final class UpperLayer {

    /** Of this machine, not of the image. */
    static final Set<String> HOST_FILES = Set.of("etc/hosts", "etc/hostname", "etc/resolv.conf");

    private final TarWriter tar;
    private final Ownership ownership;
    /** Whether fuse-overlayfs wrote the directory, which marks what is deleted just as layers do. */
    private final boolean byFuse;
    /** Files with several names, by inode; only looked up. */
    private final Map<String, LayerPath> linked = new HashMap<>();

    private final Map<LayerPath, XattrValue> capabilities;

    /**
     * Writes to a tar.
     *
     * @param byFuse whether fuse-overlayfs wrote what is read
     * @param capabilities of files that have some
     */
    UpperLayer(TarWriter tar, Ownership ownership, boolean byFuse, Map<LayerPath, XattrValue> capabilities) {
        this.tar = tar;
        this.ownership = ownership;
        this.byFuse = byFuse;
        this.capabilities = capabilities;
    }

    /** Writes all of an upper directory. */
    static void write(Path upper, TarWriter tar, Ownership ownership, boolean byFuse) throws IOException {
        new UpperLayer(tar, ownership, byFuse, FileCapabilities.in(upper, ownership)).directory(LayerPath.ROOT, upper);
    }

    private void directory(LayerPath path, Path directory) throws IOException {
        if (Marks.isOpaque(directory)) {
            whiteout(Whiteouts.nameInTar(new FileEntry.OpaqueWhiteout(path)));
        }
        List<String> names = new ArrayList<>();
        for (Path file : Listing.of(directory).files()) {
            names.add(FileNames.name(file));
        }
        names.sort(null);
        for (String name : names) {
            LayerPath at = path.resolve(name);
            if (!HOST_FILES.contains(at.value())) {
                entry(at, FileNames.resolve(directory, name));
            }
        }
    }

    /** One change alone, without what is in a directory. */
    void change(Change change, Path file) throws IOException {
        if (Whiteouts.isUnsayable(change.path())) {
            return;
        }
        if (change.kind() == Change.Kind.DELETED) {
            whiteout(Whiteouts.nameInTar(new FileEntry.Whiteout(change.path())));
        } else if (change.directory()) {
            begin(change.path(), file, TarEntry.Type.DIRECTORY, FileStatus.of(file), 0, "");
        } else if (!HOST_FILES.contains(change.path().value())) {
            entry(change.path(), file);
        }
    }

    private void entry(LayerPath path, Path file) throws IOException {
        if (Marks.isWhiteout(file)) {
            whiteout(Whiteouts.nameInTar(new FileEntry.Whiteout(path)));
            return;
        }
        if (Whiteouts.isReserved(path)) {
            if (byFuse) {
                whiteout(path.value());
            }
            return;
        }
        FileStatus status = FileStatus.of(file);
        if (status.isDirectory()) {
            begin(path, file, TarEntry.Type.DIRECTORY, status, 0, "");
            directory(path, file);
        } else if (status.isSymlink()) {
            String target = FileNames.target(file);
            begin(path, file, TarEntry.Type.SYMLINK, status, 0, target);
        } else if (status.isFifo()) {
            begin(path, file, TarEntry.Type.FIFO, status, 0, "");
        } else if (status.isCharacterDevice()) {
            begin(path, file, TarEntry.Type.CHARACTER_DEVICE, status, 0, "");
        } else if (status.isBlockDevice()) {
            begin(path, file, TarEntry.Type.BLOCK_DEVICE, status, 0, "");
        } else if (status.isFile()) {
            file(path, file, status);
        }
    }

    private void file(LayerPath path, Path file, FileStatus status) throws IOException {
        if (status.links() > 1) {
            LayerPath first = linked.putIfAbsent(status.inode(), path);
            if (first != null) {
                begin(path, file, TarEntry.Type.HARD_LINK, status, 0, first.value());
                return;
            }
        }
        begin(path, file, TarEntry.Type.FILE, status, status.size(), "");
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(tar.content());
        }
    }

    private void begin(LayerPath path, Path file, TarEntry.Type type, FileStatus status, long size, String link)
            throws IOException {
        Metadata metadata = status.metadata(ownership);
        boolean device = status.isCharacterDevice() || status.isBlockDevice();
        tar.begin(new TarEntry(
                path.value(),
                type,
                type == TarEntry.Type.SYMLINK ? 0777 : metadata.mode(),
                metadata.uid(),
                metadata.gid(),
                size,
                Metadata.FIXED_MTIME,
                link,
                device ? status.deviceMajor() : 0,
                device ? status.deviceMinor() : 0,
                attributes(path, file, type)));
    }

    private SortedMap<String, XattrValue> attributes(LayerPath path, Path file, TarEntry.Type type) throws IOException {
        if (type != TarEntry.Type.FILE && type != TarEntry.Type.DIRECTORY) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, XattrValue> attributes = PlainAttributes.read(file);
        if (capabilities.containsKey(path)) {
            attributes.put(FileCapabilities.NAME, capabilities.get(path));
        }
        return attributes;
    }

    private void whiteout(String name) throws IOException {
        tar.begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, 0, Metadata.FIXED_MTIME, ""));
    }
}
