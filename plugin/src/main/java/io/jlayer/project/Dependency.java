// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

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
 * @param path where it lies in the image
 */
public record Dependency(
        String groupId,
        String artifactId,
        String version,
        String classifier,
        String extension,
        boolean module,
        FileContent content,
        LayerPath path) {

    /** One that lies where its coordinates alone say, so in every project at the same place. */
    public Dependency(
            String groupId,
            String artifactId,
            String version,
            String classifier,
            String extension,
            boolean module,
            FileContent content) {
        this(
                groupId,
                artifactId,
                version,
                classifier,
                extension,
                module,
                content,
                AppLayout.LIB.resolve(groupId).resolve(fileName(artifactId, version, classifier, extension)));
    }

    /** What Maven calls a jar. */
    static String fileName(String artifactId, String version, String classifier, String extension) {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + extension;
    }

    /** The first two segments of the groupId: who publishes it. */
    public String root() {
        int second = groupId.indexOf('.', groupId.indexOf('.') + 1);
        return groupId.indexOf('.') < 0 || second < 0 ? groupId : groupId.substring(0, second);
    }

    /** What is released together has the same publisher and the same version. */
    public String train() {
        return root() + " " + version;
    }

    public boolean snapshot() {
        return version.endsWith("-SNAPSHOT");
    }
}
