// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;

/** A trial that cannot be as it was asked for, in three parts: what is wrong, which setting decides it, what to do. */
public class TrialException extends IOException {

    private static final long serialVersionUID = 1;

    private final String what;
    private final String setting;
    private final String remedy;

    /**
     * A reason.
     *
     * @param setting the last part of the property that decides it, as {@code publish}; empty if none does
     */
    public TrialException(String what, String setting, String remedy) {
        this(what, setting, remedy, null);
    }

    TrialException(String what, String setting, String remedy, Throwable cause) {
        super(what + "; " + remedy, cause);
        this.what = what;
        this.setting = setting;
        this.remedy = remedy;
    }

    /** The same, where the image itself asked for it and no setting of the trial did. */
    TrialException ofImage(String element) {
        return new TrialException(
                what + ", though its config asks for it", "", remedy + "; or build it with another " + element, this);
    }

    public String what() {
        return what;
    }

    public String setting() {
        return setting;
    }

    public String remedy() {
        return remedy;
    }
}
