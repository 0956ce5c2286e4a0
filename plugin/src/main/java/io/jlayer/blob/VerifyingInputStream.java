// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes bytes on and fails when they are not what was promised: as soon as there is one byte too many, and at the end
 * if there are too few or their hash is another. For one thread.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#verification">descriptor.md,
 *     Verification</a>
 */
public final class VerifyingInputStream extends BulkInputStream {

    private static final long UNKNOWN = -1;

    private final InputStream in;
    private final Digest expected;
    private final long expectedSize;
    private final MessageDigest hash;
    private long size;
    private boolean verified;
    private DamagedBlobException damage;

    /** Checks digest and size. */
    public VerifyingInputStream(InputStream in, Descriptor expected) {
        this(in, expected.digest(), expected.size());
    }

    /** Checks the digest alone, where nobody said a size. */
    public VerifyingInputStream(InputStream in, Digest expected) {
        this(in, expected, UNKNOWN);
    }

    private VerifyingInputStream(InputStream in, Digest expected, long expectedSize) {
        this.in = in;
        this.expected = expected;
        this.expectedSize = expectedSize;
        this.hash = expected.newHash();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        int count = in.read(bytes, offset, length);
        if (count < 0) {
            verify();
            return count;
        }
        hash.update(bytes, offset, count);
        size += count;
        if (expectedSize != UNKNOWN && size > expectedSize) {
            throw damaged("it is longer than its " + expectedSize + " bytes");
        }
        return count;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (expectedSize != UNKNOWN && size != expectedSize) {
            throw damaged("it ends after " + size + " of " + expectedSize + " bytes");
        }
        if (!expected.matches(hash.digest())) {
            throw damaged("its bytes have another digest");
        }
        verified = true;
    }

    /** What was found damaged stays so, for whoever asks again. */
    private DamagedBlobException damaged(String how) {
        damage = new DamagedBlobException(expected, how);
        return damage;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
