// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.oci.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which platforms of two images are compared: those that are wanted; else the only one of each, even if they differ; else
 * the preferred one, if both are for it; else all that both are for.
 */
final class PlatformChoice {

    /**
     * Two platforms whose images are compared.
     *
     * @param before of the old image
     * @param after of the new image
     */
    record Pair(Platform before, Platform after) {}

    private PlatformChoice() {}

    /**
     * The pairs.
     *
     * @param wanted what the user named; may be empty
     * @param preferred what is enough of images that are for many
     * @param old what the old image is for
     * @param now what the new image is for
     * @throws IllegalArgumentException if there is nothing that both are for
     */
    static List<Pair> of(List<Platform> wanted, Optional<Platform> preferred, List<Platform> old, List<Platform> now) {
        if (wanted.isEmpty() && old.size() == 1 && now.size() == 1) {
            return List.of(new Pair(old.get(0), now.get(0)));
        }
        List<Pair> pairs = inBoth(wanted.isEmpty() ? preferred.map(List::of).orElse(now) : wanted, old, now);
        if (pairs.isEmpty() && wanted.isEmpty()) {
            pairs = inBoth(now, old, now);
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("there is no platform to compare: the old image is for " + old
                    + ", the new one for " + now + (wanted.isEmpty() ? "" : ", and wanted are " + wanted));
        }
        return pairs;
    }

    private static List<Pair> inBoth(List<Platform> asked, List<Platform> old, List<Platform> now) {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (Platform platform : asked) {
            if (serves(platform, old) && serves(platform, now)) {
                pairs.add(new Pair(platform, platform));
            }
        }
        return List.copyOf(pairs);
    }

    private static boolean serves(Platform wanted, List<Platform> offered) {
        return offered.stream().anyMatch(platform -> wanted.fit(platform) > 0);
    }
}
