// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.error.UserError;

/** What an image is wanted for, and so how an error about it is told. */
public enum ImageUse {
    BASE("the base image", "<from>", "<from>"),
    TRIAL("the image", "<try><image>, or -Djlayer.try.image", "-Djlayer.try.image"),
    NAMED("the image", "-Djlayer.image", "-Djlayer.image");

    private final String what;
    private final String setting;
    private final String shortly;

    ImageUse(String what, String setting, String shortly) {
        this.what = what;
        this.setting = setting;
        this.shortly = shortly;
    }

    /** Where it is set. */
    public String setting() {
        return setting;
    }

    /** Says of the image {@code name} that it cannot be used, and why. */
    UserError unusable(TransportName name, String why, String remedy, Throwable cause) {
        return new UserError(
                what + " cannot be used: " + why,
                this == BASE ? "<from>" + name + "</from>" : shortly + "=" + name,
                remedy,
                cause);
    }
}
