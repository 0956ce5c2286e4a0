// SPDX-License-Identifier: Apache-2.0
/**
 * Base images that are made from this machine alone: nothing at all, a directory or tarball of the user's, and
 * ({@link io.jlayer.local.JdkSource}) a Java runtime linked from the JDK that builds.
 *
 * <p>Speaks to no registry, knows no image layout, and runs no program but the JDK's own.
 */
package io.jlayer.local;
