// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import io.jlayer.image.RootTree;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.project.AppLayout;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A layer of files that a user names, before an image that may have directories where files are to go. As with {@code cp}
 * and a Dockerfile's {@code COPY}, a file goes into a directory that is there, and never takes its place: all in it would be
 * gone.
 *
 * @param layer what is wanted
 * @param below the image below, with the application's files, which lie below and above
 * @param application the files that are the application's
 */
record UserFiles(PlannedLayer layer, RootTree below, Set<LayerPath> application) {

    /**
     * The layer with each file where it goes.
     *
     * @throws UserError if two come to one path
     */
    LayerSpec settled() {
        if (layer.intoIfDirectory().isEmpty()) {
            return layer.spec();
        }
        Set<LayerPath> directories = directoriesOfLayer();
        Map<LayerPath, FileEntry> settled = new LinkedHashMap<>();
        for (FileEntry entry : layer.spec().entries()) {
            LayerPath written = entry.path().parent();
            boolean stays = !layer.intoIfDirectory().contains(entry.path())
                    || directories.contains(written)
                    || below.isDirectory(below.resolveDirectory(written));
            FileEntry there = stays ? entry : at(written, (FileEntry.Regular) entry);
            if (settled.put(there.path(), there) != null) {
                throw new UserError(
                        there.path() + " is given twice, and is no directory in the image",
                        where(),
                        "end <into> with a slash for a directory: " + there.path() + "/");
            }
        }
        return new LayerSpec(layer.spec().name(), settled.values().stream().toList());
    }

    /** Directories that this layer itself has, or needs for what is in them. */
    private Set<LayerPath> directoriesOfLayer() {
        Set<LayerPath> directories = new HashSet<>();
        for (FileEntry entry : layer.spec().entries()) {
            if (entry instanceof FileEntry.Directory) {
                directories.add(entry.path());
            }
            LayerPath path = entry.path();
            if (layer.intoIfDirectory().contains(path)) {
                path = path.parent();
            }
            while (!path.isRoot()) {
                path = path.parent();
                directories.add(path);
            }
        }
        return directories;
    }

    private static FileEntry at(LayerPath path, FileEntry.Regular file) {
        return new FileEntry.Regular(path, file.metadata(), file.content());
    }

    /**
     * Looks at what was placed.
     *
     * @throws UserError if something that is no directory is where the image has one, or the other way round, or where the
     *     application has a file
     */
    void check(LayerSpec placed) {
        for (FileEntry entry : placed.entries()) {
            LayerPath path = entry.path();
            boolean directory = entry instanceof FileEntry.Directory;
            if (application.contains(path)) {
                throw new UserError(
                        path + " is the application's own",
                        where(),
                        "choose another path; what is in " + AppLayout.ROOT + " decides how the application starts");
            } else if (directory && below.isFile(path)) {
                throw new UserError(
                        path + " is a file in the image, and cannot be a directory", where(), "choose another path");
            } else if (!directory && below.isDirectory(path)) {
                throw new UserError(
                        path
                                + " is a directory in the image, and all in it would be gone if something else took its place",
                        where(),
                        "choose another path, as " + path + "/NAME for a file in it");
            }
        }
    }

    private String where() {
        return "layer '" + layer.spec().name() + "'";
    }
}
