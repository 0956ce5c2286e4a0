// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.OutputStream;

/** Takes a layer's tar and packs it. Closing ends the packed stream and leaves the one below open. For one thread. */
abstract class LayerOutput extends OutputStream {

    /**
     * Says whether the bytes that come next are packed already, so that trying again would cost and gain nothing. Only a
     * hint: it changes the packed bytes and never what they unpack to.
     */
    void packedAlready(boolean packed) {}
}
