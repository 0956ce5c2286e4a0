// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.io.IOException;
import java.io.Serial;

/** There is no image of the name that was asked for, or several are there and no name was given; the message says which. */
public final class NotOfferedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public NotOfferedException(String message) {
        super(message);
    }
}
