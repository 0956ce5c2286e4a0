// SPDX-License-Identifier: Apache-2.0
/**
 * The build itself: a plan is carried out, layers are found or packed, targets take the image, and the next build is told what
 * this one gave. What else is done with an image of the project (load, save, prune) stands here too.
 */
package io.jlayer.build;
