// SPDX-License-Identifier: Apache-2.0
/**
 * What Maven's model says: a project as an {@link io.jlayer.project.Application}, read from the POM and its plugins'
 * configurations. Decides nothing about images.
 */
package io.jlayer.maven;
