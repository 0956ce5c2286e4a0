// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;

/** Says that something failed for a reason that trying again does not change. */
class FinalException extends IOException {

    private static final long serialVersionUID = 1L;

    FinalException(String message) {
        super(message);
    }

    FinalException(String message, Throwable cause) {
        super(message, cause);
    }
}
