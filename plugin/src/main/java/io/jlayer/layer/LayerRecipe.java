// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.Digest;
import io.jlayer.tar.XattrValue;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * The digest of all that decides a layer's bytes: its entries, the digests of their content, and the packing. Two specs
 * with the same recipe give the same layer; the name of a layer is not part of it.
 */
public final class LayerRecipe {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private LayerRecipe() {}

    /** Reads the files whose digests are not known yet. */
    public static Digest of(LayerSpec spec, Compression compression) throws IOException {
        LayerRecipe recipe = new LayerRecipe();
        recipe.add(compression.algorithm().name());
        recipe.add(compression.level());
        for (FileEntry entry : spec.entries()) {
            recipe.add(entry);
        }
        return Digest.sha256(recipe.bytes.toByteArray());
    }

    private void add(FileEntry entry) throws IOException {
        add(entry.getClass().getSimpleName());
        add(entry.path().value());
        if (entry instanceof FileEntry.Directory directory) {
            add(directory.metadata());
        } else if (entry instanceof FileEntry.Regular regular) {
            add(regular.metadata());
            add(regular.content().digest().toBytes());
            add(regular.content().size());
        } else if (entry instanceof FileEntry.Symlink link) {
            add(link.metadata());
            add(link.target());
        } else if (entry instanceof FileEntry.HardLink link) {
            add(link.metadata());
            add(link.target().value());
        } else if (entry instanceof FileEntry.Fifo fifo) {
            add(fifo.metadata());
        } else if (entry instanceof FileEntry.Device device) {
            add(device.metadata());
            add(device.block() ? 1 : 0);
            add(device.major());
            add(device.minor());
        } else if (!(entry instanceof FileEntry.Whiteout) && !(entry instanceof FileEntry.OpaqueWhiteout)) {
            throw new AssertionError(entry);
        }
    }

    private void add(Metadata metadata) throws IOException {
        add(metadata.mode());
        add(metadata.uid());
        add(metadata.gid());
        add(metadata.mtime());
        add(metadata.xattrs().size());
        if (metadata.xattrs().isEmpty()) {
            return; // to go through the JDK's empty maps takes a cold machine long
        }
        for (Map.Entry<String, XattrValue> xattr : metadata.xattrs().entrySet()) {
            add(xattr.getKey());
            add(xattr.getValue().toBytes());
        }
    }

    private void add(long number) throws IOException {
        out.writeLong(number);
    }

    /** The length goes first, so that no text can run into the next. */
    private void add(String text) throws IOException {
        add(text.getBytes(UTF_8));
    }

    private void add(byte[] text) throws IOException {
        add(text.length);
        out.write(text);
    }
}
