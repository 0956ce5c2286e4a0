// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

/**
 * Something that is not as it should be in an image.
 *
 * @param severity whether the image is broken by it
 * @param where which part of the image
 * @param what is wrong
 */
public record Finding(Severity severity, String where, String what) {

    /** How bad it is. */
    public enum Severity {
        /** Against the specifications, or against what the image says of itself: some client will refuse it. */
        ERROR,
        /** Allowed, and yet a surprise to some client. */
        WARNING
    }

    @Override
    public String toString() {
        return severity + "  " + where + ": " + what;
    }
}
