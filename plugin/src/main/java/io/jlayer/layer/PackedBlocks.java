// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where in the layer that was made of the same directory before, which blocks lie, so that equal blocks are taken from
 * there and need not be packed again.
 *
 * <p>A block is found by the digest of all that decides its packed bytes, and the bytes found must have the digest that
 * they had when they were packed: whatever became of record and layer, other bytes are never taken. Bounded: one record
 * for each directory and name of a layer. Losing one costs time. {@link #fetch} is safe for many threads, all else for
 * one.
 */
final class PackedBlocks implements AutoCloseable {

    private static final String KIND = "blocks-v1";
    private static final int DIGEST = 32;

    private final Records records;
    private final Digest slot;
    private final Map<Digest, Place> before = new HashMap<>();
    private final Map<Digest, Place> now = new LinkedHashMap<>();
    private final Optional<FileChannel> layer;
    private final AtomicInteger taken = new AtomicInteger();

    private record Place(long offset, int length, Digest digest) {}

    private PackedBlocks(Store store, Digest slot) throws IOException {
        this.records = store.records(KIND);
        this.slot = slot;
        Optional<byte[]> record = records.read(slot);
        this.layer = record.isPresent() ? open(store, record.get()) : Optional.empty();
    }

    /** What is known of the layer that was made of the same directory as {@code spec} before, under the same name. */
    static PackedBlocks open(Store store, LayerSpec spec) throws IOException {
        for (FileEntry entry : spec.entries()) {
            if (entry instanceof FileEntry.Regular regular
                    && regular.content().file().isPresent()) {
                String root = root(regular.content().file().get(), regular.path());
                return new PackedBlocks(store, Store.key(spec.name(), root));
            }
        }
        return new PackedBlocks(store, Store.key(spec.name()));
    }

    /** The directory that a file's path in the layer counts from, or as much of it as both paths do not share. */
    private static String root(Path file, LayerPath path) {
        Path root = file.toAbsolutePath();
        LayerPath rest = path;
        while (!rest.isRoot()
                && root.getFileName() != null
                && FileNames.text(root.getFileName()).equals(rest.name())) {
            root = root.getParent();
            rest = rest.parent();
        }
        return FileNames.key(root);
    }

    private Optional<FileChannel> open(Store store, byte[] record) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            Digest blob = digest(in);
            for (int count = in.readInt(); count > 0; count--) {
                Digest key = digest(in);
                before.put(key, new Place(in.readLong(), in.readInt(), digest(in)));
            }
            return Optional.of(FileChannel.open(store.blobs().file(blob)));
        } catch (NoSuchFileException e) {
            before.clear();
            return Optional.empty();
        }
    }

    /** Fills {@code packed} with the block of this key, if it is known and sound. */
    boolean fetch(Digest key, DeflateBuffer packed) {
        Place place = before.get(key);
        if (place == null || layer.isEmpty()) {
            return false;
        }
        try {
            boolean sound = packed.read(layer.get(), place.offset(), place.length())
                    && packed.digest().equals(place.digest());
            if (sound) {
                taken.incrementAndGet();
            }
            return sound;
        } catch (IOException e) {
            return false; // it is packed anew
        }
    }

    /** How many blocks were found and sound. */
    int taken() {
        return taken.get();
    }

    /** Takes note of a block of the layer that is being written. */
    void add(Digest key, long offset, int length, Digest packed) {
        now.put(key, new Place(offset, length, packed));
    }

    /** Remembers the blocks of the layer that was written. */
    void save(Digest blob) throws IOException {
        if (now.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(blob.toBytes());
        out.writeInt(now.size());
        for (Map.Entry<Digest, Place> block : now.entrySet()) {
            out.write(block.getKey().toBytes());
            out.writeLong(block.getValue().offset());
            out.writeInt(block.getValue().length());
            out.write(block.getValue().digest().toBytes());
        }
        records.write(slot, bytes.toByteArray());
    }

    private static Digest digest(DataInputStream in) throws IOException {
        return Digest.ofSha256(in.readNBytes(DIGEST));
    }

    @Override
    public void close() throws IOException {
        if (layer.isPresent()) {
            layer.get().close();
        }
    }
}
