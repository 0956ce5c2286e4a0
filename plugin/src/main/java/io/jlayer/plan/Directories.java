// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Directories may be given by several sets of files; the first says what they are like. */
final class Directories {

    private Directories() {}

    static List<FileEntry> once(List<FileEntry> entries) {
        Set<LayerPath> seen = new HashSet<>();
        List<FileEntry> once = new ArrayList<>();
        for (FileEntry entry : entries) {
            if (!(entry instanceof FileEntry.Directory) || seen.add(entry.path())) {
                once.add(entry);
            }
        }
        return once;
    }
}
