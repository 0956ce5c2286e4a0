// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

/** The ways to give a trial its namespaces. */
public enum Engine {
    /** The first of the others that works here. */
    AUTO,
    /** As root: the image's owners are this machine's. */
    ROOT,
    /** As a user with subordinate ids. */
    MAPPED,
    /** As {@link #MAPPED}, entered by podman. */
    PODMAN,
    /** As a user with nothing else: all files are the user's. */
    FLAT
}
