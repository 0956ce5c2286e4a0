// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;

/** Says that a server was waited for as long as one waits. */
public final class StalledException extends IOException {

    private static final long serialVersionUID = 1L;

    public StalledException(String message) {
        super(message);
    }
}
