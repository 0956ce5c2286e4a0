// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.util.Locale;

/** {@code <push>}: whether {@code build} pushes too. May be written as {@code true} alone. */
public final class PushParameters {

    boolean enabled;

    /** Pushes what had better stay on this machine, too: an image on {@code jdk:}. */
    boolean force;

    /**
     * Maven calls this for {@code <push>true</push>}; nothing at all, as in {@code -Djlayer.push}, means yes.
     *
     * @throws UserError if it is neither true nor false
     */
    public void set(String text) {
        enabled = switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new UserError(
                        "'" + text.strip() + "' is neither true nor false",
                        "<push> or -Djlayer.push",
                        "write true or false");
        };
    }
}
