// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.layer.LayerPath;
import java.io.IOException;

/** Says that a layer has a hard link to a file of the layers below, so that it cannot be unpacked without them. */
final class LinkBelowException extends IOException {

    private static final long serialVersionUID = 1L;

    LinkBelowException(LayerPath link, LayerPath target) {
        super(link + " is a hard link to " + target + ", which the layer does not have");
    }
}
