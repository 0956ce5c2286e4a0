// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.oci.Digest;
import io.jlayer.project.Dependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Splits by what is released together. A train that is big enough is a layer; small ones share buckets: one is for all that
 * is released monthly, and a hash of the publisher chooses among the others, so that nothing moves to another bucket when
 * something else changes.
 *
 * <p>Thresholds, not ranks, decide what is big enough: a rank changes when anything else grows, a share hardly ever.
 */
final class TrainLayers {

    /** As many cost a push 7 % more than each jar alone would, and a client that is far away little for their number. */
    private static final int BUCKETS = 6;

    private static final int MONTHLY_BUCKET = -1;

    /** A train is a layer from this share of all bytes on: thousandths, tried in turn until the layers are few enough. */
    private static final List<Integer> SHARES = List.of(10, 15, 20, 30, 40, 60, 80, 120, 160, 250, 350, 500, 700);

    /** In a fleet, a jar is a layer from this many bytes on; also tried in turn. */
    private static final List<Long> BIG_JARS = List.of(500_000L, 1_000_000L, 2_000_000L, 4_000_000L, 8_000_000L);

    private TrainLayers() {}

    /** Trains of at least a hundredth of all bytes, and buckets. */
    static List<DependencyLayer> ofTrains(List<Dependency> released, int most) throws IOException {
        return Group.ordered(trainsAndBuckets(released, most));
    }

    /** Big jars alone, since two services seldom have the same part of a train but often the same jar; then trains. */
    static List<DependencyLayer> ofBigJarsAndTrains(List<Dependency> released, int most) throws IOException {
        for (long big : BIG_JARS) {
            List<Group> groups = new ArrayList<>();
            List<Dependency> small = new ArrayList<>();
            for (Dependency dependency : released) {
                if (dependency.content().size() >= big) {
                    groups.add(Group.alone(dependency));
                } else {
                    small.add(dependency);
                }
            }
            int left = most - groups.size();
            if (left >= BUCKETS || (small.isEmpty() && left >= 0)) {
                groups.addAll(trainsAndBuckets(small, left));
                return Group.ordered(groups);
            }
        }
        return ofTrains(released, most);
    }

    private static List<Group> trainsAndBuckets(List<Dependency> dependencies, int most) throws IOException {
        Collection<Group> trains = trains(dependencies);
        long all = 0;
        for (Group train : trains) {
            all += train.size();
        }
        int buckets = Math.min(BUCKETS, Math.max(1, most / 4));
        for (int share : SHARES) {
            List<Group> groups = split(trains, all * share / 1000, buckets);
            if (groups.size() <= most) {
                return groups;
            }
        }
        return split(trains, Long.MAX_VALUE, Math.min(most, buckets));
    }

    private static Collection<Group> trains(List<Dependency> dependencies) throws IOException {
        Map<String, Group> trains = new TreeMap<>();
        for (Dependency dependency : dependencies) {
            String train = dependency.train();
            trains.putIfAbsent(train, Group.train(train));
            trains.get(train).add(dependency);
        }
        return trains.values();
    }

    private static List<Group> split(Collection<Group> trains, long big, int buckets) throws IOException {
        List<Group> groups = new ArrayList<>();
        Map<Integer, Group> shared = new TreeMap<>();
        for (Group train : trains) {
            if (train.size() >= big) {
                groups.add(train);
                continue;
            }
            for (Dependency dependency : train.dependencies()) {
                int bucket = bucket(dependency, buckets);
                shared.putIfAbsent(bucket, Group.bucket(name(bucket, buckets)));
                shared.get(bucket).add(dependency);
            }
        }
        groups.addAll(shared.values());
        return groups;
    }

    /** With a letter, since a number would say that there are those before it; a bucket that nothing falls into is none. */
    private static String name(int bucket, int buckets) {
        if (buckets == 1) {
            return "other dependencies";
        }
        return bucket == MONTHLY_BUCKET
                ? "other dependencies, monthly"
                : "other dependencies, bucket " + (char) ('A' + bucket);
    }

    private static int bucket(Dependency dependency, int buckets) {
        if (buckets == 1) {
            return 0;
        }
        if (Cadence.isMonthly(dependency.groupId())) {
            return MONTHLY_BUCKET;
        }
        String hash = Digest.sha256(dependency.root()).hex();
        return Integer.parseInt(hash.substring(0, 6), 16) % (buckets - 1);
    }
}
