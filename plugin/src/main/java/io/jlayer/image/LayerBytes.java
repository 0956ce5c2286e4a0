// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BulkInputStream;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.layer.Packing;
import io.jlayer.oci.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The packed bytes of a layer, which are checked while they are unpacked. Whether they are sound {@link #finish} tells, however
 * the unpacking went. For one thread.
 */
final class LayerBytes implements Closeable {

    private final InputStream in;
    private final byte[] head = new byte[Packing.LONGEST_MAGIC];
    private int size;
    private IOException failure;

    private LayerBytes(InputStream in) {
        this.in = in;
    }

    static LayerBytes open(Blob blob, Descriptor descriptor) throws IOException {
        return new LayerBytes(new VerifyingInputStream(blob.open(), descriptor));
    }

    /** What unpacks them; closing it leaves them open. */
    InputStream stream() {
        return new BulkInputStream() {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return LayerBytes.this.read(bytes, offset, length);
            }
        };
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            int count = in.read(bytes, offset, length);
            for (int i = 0; i < count && size < head.length; i++) {
                head[size++] = bytes[offset + i];
            }
            return count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Reads what is left.
     *
     * @throws IOException if the bytes could not be read, or are others than the descriptor says
     */
    void finish() throws IOException {
        stream().transferTo(OutputStream.nullOutputStream());
    }

    /** In which way they are packed; to be asked at the end. */
    Packing packing() {
        return Packing.of(Arrays.copyOf(head, size));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
