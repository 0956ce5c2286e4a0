// SPDX-License-Identifier: Apache-2.0

/**
 * Bases that come from this machine and no registry: nothing at all, a root file system, a runtime linked from the JDK
 * that builds. They give images; how an image gets elsewhere is not known here.
 */
package io.jlayer.local;
