// SPDX-License-Identifier: Apache-2.0
package io.jlayer.error;

import java.io.Serial;

/** A war needs a server, and neither its base nor the user tells where one is. */
public final class NoServerError extends UserError {

    @Serial
    private static final long serialVersionUID = 1L;

    public NoServerError(String what, String where, String remedy) {
        super(what, where, remedy);
    }
}
