// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.Layer;
import java.io.IOException;

/**
 * Where an image goes. One of the two points where jlayer is extended; {@code ImageTargetContract} in the tests says what
 * is expected.
 */
public interface ImageTarget {

    /**
     * Says that the image is going to have a layer, so that a target to which the way is long can begin to take it while
     * others are still made. Nothing gets a name by it, and an image that is never written leaves nothing that anybody
     * sees. Layers come in no order, from many threads, some of them never and some twice.
     *
     * @param isNew whether the layer was just made, so that the image is another than the one before
     * @throws IOException if what was begun has failed; writing the image would fail with the same reason
     */
    default void expect(Layer layer, boolean isNew) throws IOException {}

    /**
     * Writes the image: blobs first, what names them last, so that a reader never finds a name without its content.
     * Writing the same image twice does no harm; what is there already is not written again.
     *
     * @throws IOException if it cannot be written; what was there before under the same name is then still there, whole
     */
    void write(ImageDocuments image) throws IOException;
}
