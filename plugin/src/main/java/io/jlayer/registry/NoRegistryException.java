// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.FinalException;

/** Says that something answers where a registry was looked for, and not as one. */
public final class NoRegistryException extends FinalException {

    private static final long serialVersionUID = 1L;

    NoRegistryException(String message) {
        super(message);
    }
}
