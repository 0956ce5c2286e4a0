// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Records;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Remembers which layer came of which inputs, so that equal inputs need not be packed again. A layer is found only while
 * its blob is in the store and sound.
 */
public final class LayerRecords {

    /** Raised whenever the bytes that {@link LayerWriter} gives for equal specs change. */
    public static final String KIND = "layers-v2";

    /** The records of the store that say so; raised whenever {@link #KIND} is, or their form changes. */
    public static final String RECORDS = "layers-v3";

    private static final long UNKNOWN = -1;

    private final Records records;
    private final BlobStore store;

    public LayerRecords(Records records, BlobStore store) {
        this.records = records;
        this.store = store;
    }

    /** The layer that came of this recipe before, if it is still here. */
    public Optional<Layer> find(Digest recipe) throws IOException {
        Optional<byte[]> record = records.read(recipe);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        try {
            Layer layer = read(record.get());
            return store.contains(layer.descriptor().digest()) ? Optional.of(layer) : Optional.empty();
        } catch (EOFException | IllegalArgumentException somethingElse) {
            return Optional.empty();
        }
    }

    private Layer read(byte[] record) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        DiffId diffId = DiffId.parse(in.readUTF());
        Descriptor descriptor = new Descriptor(new MediaType(in.readUTF()), Digest.parse(in.readUTF()), in.readLong());
        long tarSize = in.readLong();
        return new Layer(
                diffId,
                descriptor,
                () -> store.get(descriptor.digest()).open(),
                tarSize == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(tarSize));
    }

    /** Remembers what came of a recipe. */
    public void remember(Digest recipe, Layer layer) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(record);
        out.writeUTF(layer.diffId().toString());
        out.writeUTF(layer.descriptor().mediaType().name());
        out.writeUTF(layer.descriptor().digest().toString());
        out.writeLong(layer.descriptor().size());
        out.writeLong(layer.tarSize().orElse(UNKNOWN));
        records.write(recipe, record.toByteArray());
    }
}
