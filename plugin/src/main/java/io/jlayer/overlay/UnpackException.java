// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;

/** A layer that could not be unpacked: it is broken, or the disk would not have it; the cause tells. */
public final class UnpackException extends IOException {

    private static final long serialVersionUID = 1;

    UnpackException(String message, IOException cause) {
        super(message, cause);
    }
}
