// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.oci.Platform;

/** The empty base: {@code scratch}. */
public final class ScratchSource implements ImageSource {

    @Override
    public Image load(Platform platform, BlobStore store) {
        return Image.scratch(platform);
    }
}
