// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;

/** A trial that cannot be had as it was asked for, and what helps. */
public class TrialException extends IOException {

    private static final long serialVersionUID = 1;

    private final String what;
    private final String remedy;

    TrialException(String what, String remedy) {
        this(what, remedy, null);
    }

    TrialException(String what, String remedy, Throwable cause) {
        super(what + "; " + remedy, cause);
        this.what = what;
        this.remedy = remedy;
    }

    /** What cannot be done, and why. */
    public final String what() {
        return what;
    }

    /** What the user can do about it. */
    public final String remedy() {
        return remedy;
    }
}
