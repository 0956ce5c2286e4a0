// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.project.Dependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Dependencies that are to share a layer, while that is being found out. */
final class Group implements Comparable<Group> {

    /** How much more often than others what is released monthly changes; LayeringReplayTest holds it to a real history. */
    private static final int MORE_OFTEN = 4;

    private final String key;
    private final boolean bucket;
    private final List<Dependency> dependencies = new ArrayList<>();
    private long size;
    private boolean monthly;

    private Group(String key, boolean bucket) {
        this.key = key;
        this.bucket = bucket;
    }

    /** For what is released together; {@code key} tells it from all others. */
    static Group train(String key) {
        return new Group(key, false);
    }

    /** For what is too small for a layer of its own; people call it by its {@code key}. */
    static Group bucket(String key) {
        return new Group(key, true);
    }

    /** A dependency that has a layer to itself. */
    static Group alone(Dependency dependency) throws IOException {
        String classifier = dependency.classifier().isEmpty() ? "" : "-" + dependency.classifier();
        Group group =
                train(dependency.groupId() + ":" + dependency.artifactId() + classifier + " " + dependency.version());
        group.add(dependency);
        return group;
    }

    void add(Dependency dependency) throws IOException {
        dependencies.add(dependency);
        size += dependency.content().size();
        monthly |= Cadence.isMonthly(dependency.groupId());
    }

    /**
     * Lowest what is fetched again least: what is big, and what changes seldom, since some clients fetch all that lies above
     * a change. Sizes count by powers of two, so that two groups of about one size do not change places, and with them
     * everything above, whenever one grows by a little.
     */
    @Override
    public int compareTo(Group other) {
        int order = Integer.compare(rank(), other.rank());
        return order != 0 ? order : key.compareTo(other.key);
    }

    private int rank() {
        return Long.numberOfLeadingZeros(monthly ? size / MORE_OFTEN : size);
    }

    /** Bytes of all its jars. */
    long size() {
        return size;
    }

    String key() {
        return key;
    }

    boolean isBucket() {
        return bucket;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    /** The layers of these groups, lowest first. */
    static List<DependencyLayer> ordered(List<Group> groups) {
        List<DependencyLayer> layers = new ArrayList<>();
        List<Group> sorted = new ArrayList<>(groups);
        sorted.sort(null);
        List<String> names = GroupNames.of(sorted);
        for (int i = 0; i < names.size(); i++) {
            layers.add(new DependencyLayer(names.get(i), "dependencies", sorted.get(i).dependencies));
        }
        return layers;
    }
}
