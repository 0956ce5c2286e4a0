// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.OutputStream;

/** Takes a layer's tar and packs it. Closing ends the packed stream and leaves the one below open. For one thread. */
abstract class LayerOutput extends OutputStream {

    /**
     * Says whether the bytes behind the next {@code after} ones are packed already, so that trying again would cost and gain
     * nothing. Only a hint: it changes the packed bytes and never what they unpack to. To be given in the bytes' order.
     */
    void packedAlready(boolean packed, int after) {}

    /** Says that with the next byte an entry of the tar begins, whose content has so many bytes. As {@link #packedAlready}. */
    void entry(String path, long size) {}
}
