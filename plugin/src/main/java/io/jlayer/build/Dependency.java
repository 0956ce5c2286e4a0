// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.layer.*;

public record Dependency(
        String groupId,
        String artifactId,
        String version,
        String classifier,
        String extension,
        boolean module,
        FileContent content) {
    public LayerPath path() {
        return LayerPath.of("app/lib/" + groupId + "/" + artifactId + "-" + version
                + (classifier.isEmpty() ? "" : "-" + classifier) + "." + extension);
    }
}
