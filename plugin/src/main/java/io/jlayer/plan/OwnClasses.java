// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

/** How a project's own classes and resources are in the image. */
public enum OwnClasses {
    /** As a jar if they are multi-release, of which a JVM chooses in jars only; else as files. */
    AUTO,
    FILES,
    JAR,
    /** As what plugins left of the packaged jar: their classes need not be those that were compiled. */
    PACKAGED
}
