// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import javax.net.ssl.SSLException;

/** Says that a server does not talk TLS. */
public final class NoTlsException extends FinalException {

    private static final long serialVersionUID = 1L;

    NoTlsException(String message, SSLException cause) {
        super(message, cause);
    }
}
