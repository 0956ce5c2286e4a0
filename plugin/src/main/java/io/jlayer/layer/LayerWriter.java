// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Makes a {@link Layer} from a {@link LayerSpec}, in one pass over the files: tar, diffID, packing, digest and size at
 * once, straight into the store.
 *
 * <p>Memory is bounded whatever the layer's size. Safe for many threads, each writing a layer. A failure leaves nothing
 * in the store.
 */
public final class LayerWriter {

    private static final int BUFFER = 64 << 10;

    private final BlobStore store;
    private final Compression compression;
    private final Workers workers;

    public LayerWriter(BlobStore store, Compression compression, Workers workers) {
        this.store = store;
        this.compression = compression;
        this.workers = workers;
    }

    /**
     * Writes the layer.
     *
     * @throws IOException if a file cannot be read, changed while it was read, or cannot be stored
     */
    public Layer write(LayerSpec spec) throws IOException {
        try (LayerDraft draft = new LayerDraft(store, compression, workers)) {
            for (FileEntry entry : spec.entries()) {
                writeEntry(draft, entry);
            }
            return draft.commit();
        } catch (IOException e) {
            throw new IOException("write layer '" + spec.name() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Packs a tar that is there already, byte by byte.
     *
     * @throws io.jlayer.blob.DamagedBlobException if it is not what {@code expected} names
     */
    public Layer pack(Blob tar, DiffId expected) throws IOException {
        try (BlobDraft draft = store.draft();
                InputStream in = new VerifyingInputStream(tar.open(), expected.digest())) {
            long size;
            try (LayerOutput packing = compression.open(draft, workers)) {
                size = in.transferTo(packing);
            }
            Descriptor descriptor = draft.commit(compression.mediaType());
            return new Layer(
                    expected, descriptor, () -> store.get(descriptor.digest()).open(), OptionalLong.of(size));
        }
    }

    private static void writeEntry(LayerDraft draft, FileEntry entry) throws IOException {
        if (entry instanceof FileEntry.Regular regular) {
            writeRegular(draft, regular);
        } else {
            draft.tar().begin(tarEntry(entry));
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

    private static void writeRegular(LayerDraft draft, FileEntry.Regular regular) throws IOException {
        draft.tar().begin(tarEntry(regular));
        ZipRegions packed =
                looksLikeZip(regular.path().name()) && regular.content().file().isPresent()
                        ? ZipRegions.of(regular.content().file().get())
                        : ZipRegions.NONE;
        try (InputStream in = regular.content().open()) {
            copy(in, draft, packed);
        }
    }

    private static boolean looksLikeZip(String name) {
        return name.endsWith(".jar") || name.endsWith(".zip") || name.endsWith(".war");
    }

    /** Copies, and says at each edge of a packed region whether what follows is packed. */
    private static void copy(InputStream in, LayerDraft draft, ZipRegions packed) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = 0;
        int region = 0;
        boolean inside = false;
        int count;
        while ((count = in.read(buffer)) >= 0) {
            int done = 0;
            while (done < count) {
                long edge = inside ? packed.end(region) : packed.start(region);
                if (at == edge) {
                    region = inside ? region + 1 : region;
                    inside = !inside;
                    draft.packedAlready(inside);
                    continue;
                }
                int length = (int) Math.min(count - done, edge - at);
                draft.tar().content().write(buffer, done, length);
                done += length;
                at += length;
            }
        }
        draft.packedAlready(false);
    }
}
