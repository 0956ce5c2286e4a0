// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.layer.FileContent;
import io.jlayer.layer.LayerPath;

/**
 * A jar that the application needs at run time.
 *
 * @param groupId coordinate
 * @param artifactId coordinate
 * @param version coordinate; {@code -SNAPSHOT} never as a timestamp
 * @param classifier coordinate; may be empty
 * @param extension coordinate; most often {@code jar}
 * @param module whether it is a module of the same project
 * @param content the jar
 */
record Dependency(
        String groupId,
        String artifactId,
        String version,
        String classifier,
        String extension,
        boolean module,
        FileContent content) {

    /** Where it lies in the image: by its coordinates alone, so in every project at the same place. */
    LayerPath path() {
        String qualifier = classifier.isEmpty() ? "" : "-" + classifier;
        return AppLayout.LIB.resolve(groupId).resolve(artifactId + "-" + version + qualifier + "." + extension);
    }

    /** The first two segments of the groupId: who publishes it. */
    String root() {
        int second = groupId.indexOf('.', groupId.indexOf('.') + 1);
        return groupId.indexOf('.') < 0 || second < 0 ? groupId : groupId.substring(0, second);
    }

    /** What is released together has the same publisher and the same version. */
    String train() {
        return root() + " " + version;
    }

    boolean snapshot() {
        return version.endsWith("-SNAPSHOT");
    }
}
