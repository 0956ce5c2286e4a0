// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobSource;
import io.jlayer.oci.Descriptor;

/**
 * An image of which the documents and layers lie in a store.
 *
 * @param root its manifest or index
 * @param blobs the store
 */
public record StoredImage(Descriptor root, BlobSource blobs) implements RawImage {

    @Override
    public void close() {
        // nothing is held open
    }
}
