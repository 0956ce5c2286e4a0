// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobSource;
import io.jlayer.oci.Descriptor;
import java.io.Closeable;

/** An image as it lies where it is, before anybody made sense of it. Closing lets go of the place, not of the image. */
public interface RawImage extends Closeable {

    /** The manifest or index. */
    Descriptor root();

    /** Where all that it points to is found. */
    BlobSource blobs();
}
