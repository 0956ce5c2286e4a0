// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.image.Image;
import io.jlayer.project.Dependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How dependencies are split into layers.
 *
 * <p>What was released once and for all lies lowest, {@code -SNAPSHOT}s above it, and the project's own modules on top:
 * the more often something changes, the higher it is, since some clients fetch all that lies above a change. The split
 * follows from coordinates and sizes alone, never from earlier builds, so that every machine splits alike.
 */
final class Layering {

    /** What a user may write. */
    static final List<String> NAMES = List.of("auto", "fleet", "simple", "per-dependency");

    private final String name;
    private final int maxLayers;

    /**
     * @param name one of {@link #NAMES}
     * @param maxLayers how many layers the dependencies may take; empty for what the layering thinks best
     * @throws IllegalArgumentException if there is no such layering, or no image can have so many layers
     */
    Layering(String name, OptionalInt maxLayers) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a layering");
        }
        if (maxLayers.isPresent() && (maxLayers.getAsInt() < 1 || maxLayers.getAsInt() > Image.MAX_LAYERS)) {
            throw new IllegalArgumentException("<maxLayers> is " + maxLayers.getAsInt()
                    + "; an image has at least 1 and at most " + Image.MAX_LAYERS + " layers, the base's included");
        }
        this.name = name;
        this.maxLayers = maxLayers.orElse(usualLayers(name));
    }

    /**
     * How many layers pay: each costs a client some 40 to 130 ms on a cold pull, which 1 MB less to fetch must earn. A
     * fleet's shared blobs earn more.
     */
    private static int usualLayers(String name) {
        return switch (name) {
            case "auto" -> 32;
            case "fleet" -> 80;
            default -> Image.MAX_LAYERS;
        };
    }

    /**
     * Splits, lowest first. No layer is empty, and each dependency is in one.
     *
     * @throws IllegalArgumentException if that takes more layers than allowed
     */
    List<DependencyLayer> split(List<Dependency> dependencies) throws IOException {
        List<Dependency> released = new ArrayList<>();
        List<Dependency> snapshots = new ArrayList<>();
        List<Dependency> modules = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            (dependency.module() ? modules : dependency.snapshot() ? snapshots : released).add(dependency);
        }
        List<DependencyLayer> changing = new ArrayList<>();
        addUnlessEmpty(changing, "snapshots", snapshots);
        addUnlessEmpty(changing, "modules", modules);
        int rest = maxLayers - changing.size();
        if (rest < (released.isEmpty() ? 0 : 1)) {
            return List.of(new DependencyLayer("dependencies", "dependencies", dependencies));
        }
        List<DependencyLayer> layers = new ArrayList<>(released.isEmpty() ? List.of() : released(released, rest));
        layers.addAll(changing);
        return layers;
    }

    private List<DependencyLayer> released(List<Dependency> released, int most) throws IOException {
        return switch (name) {
            case "auto" -> TrainLayers.ofTrains(released, most);
            case "fleet" -> TrainLayers.ofBigJarsAndTrains(released, most);
            case "simple" -> List.of(new DependencyLayer("dependencies", "dependencies", released));
            default -> eachAlone(released, most);
        };
    }

    private static List<DependencyLayer> eachAlone(List<Dependency> released, int most) throws IOException {
        if (released.size() > most) {
            throw new IllegalArgumentException("<layering>per-dependency</layering> would give " + released.size()
                    + " layers and only " + most + " are left; an image has at most " + Image.MAX_LAYERS
                    + " layers, the base's included");
        }
        List<Group> groups = new ArrayList<>();
        for (Dependency dependency : released) {
            groups.add(Group.alone(dependency));
        }
        return Group.ordered(groups);
    }

    private static void addUnlessEmpty(List<DependencyLayer> layers, String name, List<Dependency> dependencies) {
        if (!dependencies.isEmpty()) {
            layers.add(new DependencyLayer(name, name, dependencies));
        }
    }
}
