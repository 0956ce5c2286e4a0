// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

/** {@code <save>}: which file the image is written to, and in which form. */
public final class SaveParameters {

    /** Relative to the project; {@code target/jlayer/image.tar} if empty; in a directory a file that has the image's name. */
    String file = "";

    /** {@code oci-archive} or {@code docker-archive}. */
    String as = "";
}
