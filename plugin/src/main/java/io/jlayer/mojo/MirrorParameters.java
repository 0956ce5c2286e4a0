// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

/** {@code <mirror>}: where the images of a registry are found, too. */
public final class MirrorParameters {

    /** The registry, as it stands in images' names. */
    String registry;

    /** {@code [scheme://]host[:port][/prefix]}. */
    String url;
}
