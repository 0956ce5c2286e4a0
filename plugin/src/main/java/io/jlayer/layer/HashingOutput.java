// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Passes a layer's tar on, and knows its digest and length at the end. For one thread. */
final class HashingOutput extends FilterOutputStream {

    private final MessageDigest hash = Digest.newSha256();
    private long size;

    HashingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        hash.update(bytes, offset, length);
        size += length;
        out.write(bytes, offset, length);
    }

    /** The digest of all that passed; to be asked once. */
    Digest digest() {
        return Digest.of(hash);
    }

    /** Bytes that passed. */
    long size() {
        return size;
    }
}
