// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.io.IOException;

/**
 * Where an image goes. One of the two points where jlayer is extended; {@code ImageTargetContract} in the tests says what
 * is expected.
 */
public interface ImageTarget {

    /**
     * Writes the image: blobs first, what names them last, so that a reader never finds a name without its content.
     * Writing the same image twice does no harm; what is there already is not written again.
     *
     * @throws IOException if it cannot be written; what was there before under the same name is then still there, whole
     */
    void write(ImageDocuments image) throws IOException;
}
