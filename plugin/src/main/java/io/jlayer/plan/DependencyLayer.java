// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.project.Dependency;
import java.util.List;

/**
 * Dependencies that share a layer.
 *
 * @param name what people call the layer
 * @param origin {@code dependencies}, {@code snapshots} or {@code modules}
 * @param dependencies in no particular order
 */
record DependencyLayer(String name, String origin, List<Dependency> dependencies) {

    DependencyLayer {
        dependencies = List.copyOf(dependencies);
    }
}
