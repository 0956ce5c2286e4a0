// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;

/** A port of this machine that a trial cannot have. */
public final class PortException extends IOException {

    private static final long serialVersionUID = 1;

    private final String what;
    private final String remedy;

    PortException(String what, String remedy) {
        super(what + "; " + remedy);
        this.what = what;
        this.remedy = remedy;
    }

    /** Which port, and why not. */
    public String what() {
        return what;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
