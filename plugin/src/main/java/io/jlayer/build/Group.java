// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Dependencies that are to share a layer, while that is being found out. */
final class Group {

    /** How much more often than others what is released monthly changes; LayeringReplayTest holds it to a real history. */
    private static final int MORE_OFTEN = 4;

    /**
     * Lowest what is fetched again least: what is big, and what changes seldom, since some clients fetch all that lies above
     * a change. Sizes count by powers of two, so that two groups of about one size do not change places, and with them
     * everything above, whenever one grows by a little.
     */
    private static final Comparator<Group> LOWEST_FIRST = Comparator.<Group>comparingInt(
                    group -> Long.numberOfLeadingZeros(group.monthly ? group.size / MORE_OFTEN : group.size))
            .thenComparing(group -> group.name);

    private final String name;
    private final List<Dependency> dependencies = new ArrayList<>();
    private long size;
    private boolean monthly;

    Group(String name) {
        this.name = name;
    }

    /** A dependency that has a layer to itself; its name tells it from all others. */
    static Group alone(Dependency dependency) throws IOException {
        String classifier = dependency.classifier().isEmpty() ? "" : "-" + dependency.classifier();
        Group group = new Group(
                dependency.groupId() + ":" + dependency.artifactId() + classifier + " " + dependency.version());
        group.add(dependency);
        return group;
    }

    void add(Dependency dependency) throws IOException {
        dependencies.add(dependency);
        size += dependency.content().size();
        monthly |= Cadence.isMonthly(dependency.groupId());
    }

    /** Bytes of all its jars. */
    long size() {
        return size;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    /** The layers of these groups, lowest first. */
    static List<DependencyLayer> ordered(List<Group> groups) {
        return groups.stream()
                .sorted(LOWEST_FIRST)
                .map(group -> new DependencyLayer(group.name, "dependencies", group.dependencies))
                .toList();
    }
}
