// SPDX-License-Identifier: Apache-2.0
/**
 * Layers as directories: unpacked once each and shared by all trials of a user ({@link io.jlayer.overlay.LayerDirectories}),
 * stacked read-only ({@link io.jlayer.overlay.RootFs}), with a private writable layer on top
 * ({@link io.jlayer.overlay.WritableRootFs}) whose changes can be listed and made a layer again.
 *
 * <p>Works as root and as a plain user; who owns the files then is an {@link io.jlayer.overlay.Ownership}. Runs nothing of
 * an image, and knows nothing of commands, users or networks in one.
 */
package io.jlayer.overlay;
