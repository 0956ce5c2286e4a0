// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.Serial;
import java.util.Set;

/** Says that there is an image, but for other platforms than the one that is wanted. */
public final class UnservedPlatformException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Platform wanted;
    private final transient Set<Platform> offered;

    /** Says which platforms there are instead. */
    UnservedPlatformException(Platform wanted, Set<Platform> offered) {
        super("there is no image for " + wanted + "; offered are " + offered);
        this.wanted = wanted;
        this.offered = Set.copyOf(offered);
    }

    public Platform wanted() {
        return wanted;
    }

    public Set<Platform> offered() {
        return offered;
    }
}
