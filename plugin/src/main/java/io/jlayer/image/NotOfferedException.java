// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.io.IOException;
import java.io.Serial;

/** What was asked for is not there, though other images are; the message says which. */
public final class NotOfferedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** By what it was asked for. */
    public enum By {
        /** An image's name among those in one place; or no name, where there are several. */
        NAME,
        /** A platform among those that an image is for. */
        PLATFORM
    }

    private final By by;

    public NotOfferedException(By by, String message) {
        super(message);
        this.by = by;
    }

    public By by() {
        return by;
    }
}
