// SPDX-License-Identifier: Apache-2.0
/**
 * A layer: what it will hold ({@link io.jlayer.layer.LayerSpec}), how it is written in one pass, and how it is read.
 *
 * <p>Knows nothing of images, of where layers come from, or of which files belong together.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">layer.md</a>
 */
package io.jlayer.layer;
