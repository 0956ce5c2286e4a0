// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.util.List;

public interface Layering {
    int NO_LIMIT = Integer.MAX_VALUE;

    List<DependencyLayer> split(List<Dependency> d, int max);

    static Layering named(String n) {
        return (d, m) -> d.isEmpty() ? List.of() : List.of(new DependencyLayer("all", "dependencies", d));
    }
}
