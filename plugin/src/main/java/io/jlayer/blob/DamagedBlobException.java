// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.IOException;

/** Says that bytes are not what their digest promised. */
public final class DamagedBlobException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    public DamagedBlobException(Digest digest, String how) {
        super("blob " + digest + " is damaged: " + how);
        this.digest = digest;
    }

    /** What was promised. */
    public Digest digest() {
        return digest;
    }
}
