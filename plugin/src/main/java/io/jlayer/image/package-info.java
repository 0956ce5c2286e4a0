// SPDX-License-Identifier: Apache-2.0
/**
 * An image: a config and its layers, as an immutable value; where images come from ({@link io.jlayer.image.ImageSource})
 * and where they go ({@link io.jlayer.image.ImageTarget}); what an image's root file system looks like; whether one keeps
 * the specification.
 *
 * <p>Knows no transport, no disk layout and no registry.
 */
package io.jlayer.image;
