// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.util.List;

public record DependencyLayer(String name, String origin, List<Dependency> dependencies) {}
