// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.DiffId;
import io.jlayer.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a layer holds, found out without packing or keeping it.
 *
 * @param diffId the digest of its tar
 * @param tarSize the length of its tar in bytes
 */
public record LayerContent(DiffId diffId, long tarSize) {

    /**
     * Reads all files of a spec.
     *
     * @throws IOException if one cannot be read, or changed while it was read
     */
    public static LayerContent of(LayerSpec spec) throws IOException {
        PlainOutput nowhere = new PlainOutput(OutputStream.nullOutputStream());
        HashingOutput hashing = new HashingOutput(nowhere);
        try (TarWriter tar = new TarWriter(hashing)) {
            EntryWriter writer = new EntryWriter(tar, nowhere);
            for (FileEntry entry : spec.entries()) {
                writer.write(entry);
            }
        } catch (IOException e) {
            throw new IOException("read the files of layer '" + spec.name() + "': " + e.getMessage(), e);
        }
        return new LayerContent(new DiffId(hashing.digest()), hashing.size());
    }
}
