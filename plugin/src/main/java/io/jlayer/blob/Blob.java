// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read from their start as often as wanted. */
@FunctionalInterface
public interface Blob {

    /** Opens the bytes at their start; the caller closes the stream. */
    InputStream open() throws IOException;

    /** A blob of bytes in memory; the array is not copied and must not change. */
    static Blob of(byte[] content) {
        return () -> new ByteArrayInputStream(content);
    }
}
