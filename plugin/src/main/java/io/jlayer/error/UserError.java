// SPDX-License-Identifier: Apache-2.0
package io.jlayer.error;

import io.jlayer.image.VisibleText;
import java.io.Serial;

/**
 * A mistake that the user can mend, said in three parts: what is wrong, where it was set, what to do. Rendered in one
 * place, {@link #getMessage()}, and shown without a stack trace.
 */
public sealed class UserError extends RuntimeException permits NoServerError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String remedy;

    public UserError(String what, String where, String remedy) {
        this(what, where, remedy, null);
    }

    public UserError(String what, String where, String remedy, Throwable cause) {
        super(what, cause);
        this.what = what;
        this.where = where;
        this.remedy = remedy;
    }

    @Override
    public String getMessage() {
        String place = where.isEmpty() ? "" : " (" + where + ")";
        // Some of it strangers may have written: names in images, answers of servers.
        return VisibleText.ofLines(what + place + "\n  To fix: " + remedy);
    }
}
