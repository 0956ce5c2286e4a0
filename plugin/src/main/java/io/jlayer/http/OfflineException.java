// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

/** Says that something would have to be asked for, and nothing may be: Maven is offline. */
public final class OfflineException extends FinalException {

    private static final long serialVersionUID = 1L;

    public OfflineException(String message) {
        super(message);
    }
}
