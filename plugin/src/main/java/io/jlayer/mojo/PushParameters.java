// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

/** {@code <push>}: whether {@code build} pushes too. May be written as {@code true} alone. */
public final class PushParameters {

    boolean enabled;

    /** Pushes what had better stay on this machine, too: an image on {@code jdk:}. */
    boolean force;

    /** Maven calls this for {@code <push>true</push>}; nothing at all, as in {@code -Djlayer.push}, means yes. */
    public void set(String text) {
        enabled = text.isBlank() || Boolean.parseBoolean(text.strip());
    }
}
