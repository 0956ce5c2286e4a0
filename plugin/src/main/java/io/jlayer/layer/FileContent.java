// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The bytes of a regular file that is to go into a layer. */
public interface FileContent {

    /** Length in bytes. */
    long size() throws IOException;

    /** The bytes' digest; may be remembered from earlier. */
    Digest digest() throws IOException;

    /**
     * Opens the bytes. Reading fails if they are no longer those that {@link #digest} spoke of, where that can be told
     * cheaply.
     */
    InputStream open() throws IOException;

    /** A file of this machine that holds just these bytes, where there is one. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** Bytes in memory; the array is not copied and must not change. */
    static FileContent of(byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        return new FileContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public Digest digest() {
                return digest;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
