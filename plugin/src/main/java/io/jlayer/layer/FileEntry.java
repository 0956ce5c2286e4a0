// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

/**
 * One change that a layer makes to what lies below it: something added or replaced, or something hidden.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#change-types">layer.md, Change
 *     Types</a>
 */
public sealed interface FileEntry {

    /** Where. */
    LayerPath path();

    /** A directory; its content is entries of their own. */
    record Directory(LayerPath path, Metadata metadata) implements FileEntry {}

    /** A file with bytes. */
    record Regular(LayerPath path, Metadata metadata, FileContent content) implements FileEntry {}

    /** A symbolic link; {@code target} is any text, and is not followed here. */
    record Symlink(LayerPath path, Metadata metadata, String target) implements FileEntry {}

    /**
     * One more name for a regular file of the same layer. {@code metadata} must be that of the file: some clients apply
     * it to the file when they meet the link.
     */
    record HardLink(LayerPath path, Metadata metadata, LayerPath target) implements FileEntry {}

    /** A device node. */
    record Device(LayerPath path, Metadata metadata, boolean block, int major, int minor) implements FileEntry {}

    /** A named pipe. */
    record Fifo(LayerPath path, Metadata metadata) implements FileEntry {}

    /**
     * Hides what the layers below have at this path.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">layer.md, Whiteouts</a>
     */
    record Whiteout(LayerPath path) implements FileEntry {}

    /**
     * Hides all that the layers below have in this directory.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#opaque-whiteout">layer.md, Opaque
     *     Whiteout</a>
     */
    record OpaqueWhiteout(LayerPath path) implements FileEntry {}
}
