// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.io.File;

/** {@code <diff>}: what an image is compared with, and how that is told. */
public final class DiffParameters {

    /** The image to compare with, the old one, as {@code oci-archive:app.tar}. Default: what the build before gave. */
    String with;

    /** A JSON file of all that differs. */
    File json;

    /** Whether the build fails if the images differ. */
    boolean same;

    /** Whether what differs within a jar is listed too. */
    boolean jars;
}
