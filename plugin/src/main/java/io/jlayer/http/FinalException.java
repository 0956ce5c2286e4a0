// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;

/** Says that something failed for a reason that trying again does not change. */
public class FinalException extends IOException {

    private static final long serialVersionUID = 1L;

    public FinalException(String message) {
        super(message);
    }

    public FinalException(String message, Throwable cause) {
        super(message, cause);
    }
}
