// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.RootTree;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.plan.WebRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A plan's layers on a base. The application's own directory is jlayer's, whatever the base has there, so those layers are
 * the same on every base, and nobody looks at a base, whose layers may be far away, for them. Only other files follow the
 * links and directories of the base, of the application, and of other such layers below them.
 */
final class PlacedLayers {

    private final BuildPlan plan;
    private final LayerSpec[] placed;

    /** Places the application's layers. */
    PlacedLayers(BuildPlan plan) {
        this.plan = plan;
        this.placed = new LayerSpec[plan.lowestFirst().size()];
        Placement apart = new Placement(RootTree.empty());
        for (int i = 0; i < placed.length; i++) {
            PlannedLayer layer = plan.lowestFirst().get(i);
            if (layer.place() == PlannedLayer.Place.APPLICATION) {
                placed[i] = apart.place(layer.spec());
            }
        }
    }

    /**
     * All layers, lowest first.
     *
     * @throws UserError if a file of the user's would hide a directory, or a directory a file, or anything the application
     * @throws IllegalArgumentException if the base's links lead in a circle
     * @throws IOException if the base cannot be read
     */
    List<LayerSpec> on(Image base, Store store) throws IOException {
        List<LayerSpec> application = new ArrayList<>();
        for (LayerSpec spec : placed) {
            if (spec != null) {
                application.add(spec);
            }
        }
        if (application.size() < placed.length) {
            RootTree below = RootTree.of(base.lowestFirst(), store);
            application.forEach(below::add);
            placeOthers(base, below, filesOf(application));
        }
        return new ArrayList<>(Arrays.asList(placed));
    }

    private static Set<LayerPath> filesOf(List<LayerSpec> specs) {
        Set<LayerPath> files = new HashSet<>();
        for (LayerSpec spec : specs) {
            for (FileEntry entry : spec.entries()) {
                if (!(entry instanceof FileEntry.Directory)) {
                    files.add(entry.path());
                }
            }
        }
        return files;
    }

    private void placeOthers(Image base, RootTree below, Set<LayerPath> application) {
        for (int i = 0; i < placed.length; i++) {
            PlannedLayer layer = plan.lowestFirst().get(i);
            if (layer.place() == PlannedLayer.Place.WEB_ROOT) {
                placed[i] = placeOnServer(layer.spec(), base, below, i == 0);
            } else if (layer.place() == PlannedLayer.Place.ANYWHERE) {
                UserFiles files = new UserFiles(layer, below, application);
                placed[i] = new Placement(below).place(files.settled());
                files.check(placed[i]);
            } else {
                continue;
            }
            below.add(placed[i]);
        }
    }

    private LayerSpec placeOnServer(LayerSpec spec, Image base, RootTree below, boolean lowest) {
        LayerPath directory = WebRoot.of(plan.container(), plan.from(), base.config());
        boolean takesPlace =
                lowest && below.directory(below.resolveDirectory(directory)).isPresent();
        return new Placement(below, directory).place(takesPlace ? alone(spec) : spec);
    }

    /** An application that the base's server has already is not mixed with this one. */
    private static LayerSpec alone(LayerSpec spec) {
        List<FileEntry> entries = new ArrayList<>(spec.entries());
        entries.add(new FileEntry.OpaqueWhiteout(LayerPath.ROOT));
        return new LayerSpec(spec.name(), entries);
    }
}
