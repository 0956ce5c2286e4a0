// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

/** A text that is not shown: Maven logs the values of all fields under {@code -X}, and shows of this one only stars. */
public final class Secret {

    private String value = "";

    /** Maven calls this for the element's text. */
    public void set(String text) {
        value = text;
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "" : "***";
    }
}
