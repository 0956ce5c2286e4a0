// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobStore;
import io.jlayer.oci.Platform;
import java.io.IOException;

/**
 * Where an image comes from. One of the two points where jlayer is extended; {@code ImageSourceContract} in the tests
 * says what is expected.
 */
public interface ImageSource {

    /**
     * Loads the image for a platform.
     *
     * <p>Config and manifest are read, and checked against their digests, before this returns. A layer's bytes may come
     * later, when its blob is opened; then they are checked too. What has to be made or fetched is kept in {@code store},
     * which also serves what it already has.
     *
     * @throws IOException if there is no such image, or it is broken; the message says where and, for a platform that is
     *     not offered, which ones are
     */
    Image load(Platform platform, BlobStore store) throws IOException;
}
