// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.List;

/** {@code <load>}: which engine gets the image, and under which names. */
public final class LoadParameters {

    /** {@code docker}, {@code podman} or {@code containerd}; the first of docker and podman that answers if empty. */
    String engine = "";

    /** As {@code shop/app:1.0}; those of {@code <to>}, or the artifactId with the version and latest, if empty. */
    List<String> names = List.of();
}
