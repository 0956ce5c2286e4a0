// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

/** Says that no server failed: what was to be sent to it, or to be believed of it, cannot be read here. */
public final class LocalException extends FinalException {

    private static final long serialVersionUID = 1L;

    public LocalException(String message, Throwable cause) {
        super(message, cause);
    }
}
