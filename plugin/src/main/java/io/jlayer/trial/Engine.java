// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.Locale;

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
    FLAT,
    /** By docker, or by podman where docker is not there: a {@link ContainerEngine}. */
    DOCKER,
    /** As root without anything else: a copy of the layers, and chroot; with a warning. */
    COPY;

    /** As users write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
