// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.LayerFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a file that a container sees.
 *
 * @param kind what
 * @param before it in the old image; empty if it was added
 * @param after it in the new image, under another name if that has another version in it; empty if it was deleted
 * @param why in what they differ; empty if it was added or deleted
 * @param within what differs within it, if it is an archive and that was asked for
 */
public record FileChange(
        Kind kind, Optional<LayerFile> before, Optional<LayerFile> after, Set<Why> why, List<EntryChange> within) {

    /**
     * What became of a file within an archive.
     *
     * @param kind what
     * @param name of it within
     * @param sizeBefore bytes, unpacked; 0 if it was added
     * @param sizeAfter bytes, unpacked; 0 if it was deleted
     */
    public record EntryChange(Kind kind, String name, long sizeBefore, long sizeAfter) {}

    /** It in the new image, or in the old one if the new one has it no more. */
    public LayerFile latest() {
        return after.orElseGet(before::get);
    }

    /** Whether it goes by another name now, since that has the version in it. */
    public boolean isOtherVersion() {
        return before.isPresent()
                && after.isPresent()
                && !before.get().path().equals(after.get().path());
    }

    FileChange withWithin(List<EntryChange> entries) {
        return new FileChange(kind, before, after, why, List.copyOf(entries));
    }
}
