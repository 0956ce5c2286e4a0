// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;

/** Writes entries to a tar, and tells who packs it where there is something packed already. For one thread. */
final class EntryWriter {

    private static final int BUFFER = 64 << 10;

    private final TarWriter tar;
    private final LayerOutput packing;
    private final byte[] buffer = new byte[BUFFER];

    EntryWriter(TarWriter tar, LayerOutput packing) {
        this.tar = tar;
        this.packing = packing;
    }

    /** Writes an entry, with its bytes. */
    void write(FileEntry entry) throws IOException {
        if (entry instanceof FileEntry.Regular regular) {
            writeRegular(regular);
        } else {
            tar.begin(tarEntry(entry));
        }
    }

    private static TarEntry tarEntry(FileEntry entry) throws IOException {
        String path = entry.path().isRoot() ? "." : entry.path().value();
        if (entry instanceof FileEntry.Directory directory) {
            return entry(path, TarEntry.Type.DIRECTORY, directory.metadata(), 0, "");
        } else if (entry instanceof FileEntry.Regular regular) {
            return entry(
                    path,
                    TarEntry.Type.FILE,
                    regular.metadata(),
                    regular.content().size(),
                    "");
        } else if (entry instanceof FileEntry.Symlink link) {
            return entry(path, TarEntry.Type.SYMLINK, link.metadata().withMode(0777), 0, link.target());
        } else if (entry instanceof FileEntry.HardLink link) {
            return entry(
                    path,
                    TarEntry.Type.HARD_LINK,
                    link.metadata(),
                    0,
                    link.target().value());
        } else if (entry instanceof FileEntry.Fifo fifo) {
            return entry(path, TarEntry.Type.FIFO, fifo.metadata(), 0, "");
        } else if (entry instanceof FileEntry.Device device) {
            Metadata metadata = device.metadata();
            return new TarEntry(
                    path,
                    device.block() ? TarEntry.Type.BLOCK_DEVICE : TarEntry.Type.CHARACTER_DEVICE,
                    metadata.mode(),
                    metadata.uid(),
                    metadata.gid(),
                    0,
                    metadata.mtime(),
                    "",
                    device.major(),
                    device.minor(),
                    metadata.xattrs());
        } else if (entry instanceof FileEntry.Whiteout whiteout) {
            return entry(Whiteouts.nameInTar(whiteout), TarEntry.Type.FILE, Metadata.FILE, 0, "");
        } else if (entry instanceof FileEntry.OpaqueWhiteout whiteout) {
            return entry(Whiteouts.nameInTar(whiteout), TarEntry.Type.FILE, Metadata.FILE, 0, "");
        }
        throw new AssertionError(entry);
    }

    private static TarEntry entry(String path, TarEntry.Type type, Metadata metadata, long size, String link) {
        return new TarEntry(
                path,
                type,
                metadata.mode(),
                metadata.uid(),
                metadata.gid(),
                size,
                metadata.mtime(),
                link,
                0,
                0,
                metadata.xattrs());
    }

    private void writeRegular(FileEntry.Regular regular) throws IOException {
        tar.endEntry();
        packing.entry(regular.path().value(), regular.content().size());
        tar.begin(tarEntry(regular));
        ZipRegions packed =
                looksLikeZip(regular.path().name()) && regular.content().file().isPresent()
                        ? ZipRegions.of(regular.content().file().get())
                        : ZipRegions.NONE;
        try (InputStream in = regular.content().open()) {
            copy(in, packed);
        }
    }

    private static boolean looksLikeZip(String name) {
        return name.endsWith(".jar") || name.endsWith(".zip") || name.endsWith(".war");
    }

    /** Copies, and says at each edge of a packed region whether what follows is packed. */
    private void copy(InputStream in, ZipRegions packed) throws IOException {
        long at = 0;
        int edge = 0;
        int count;
        while ((count = in.read(buffer)) >= 0) {
            while (packed.edge(edge) < at + count) {
                packing.packedAlready(edge % 2 == 0, (int) (packed.edge(edge++) - at));
            }
            tar.content().write(buffer, 0, count);
            at += count;
        }
        packing.packedAlready(false, 0);
    }
}
