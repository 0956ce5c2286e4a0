// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * Tells which dependencies are modules of the project itself. Coordinates alone decide, the project's and those of the
 * parents that lie beside it, so that {@code -pl} and a build of everything give the same layers.
 */
final class Modules {

    private final String version;
    private final String group;

    Modules(MavenProject project) {
        version = project.getArtifact().getBaseVersion();
        group = commonGroup(project);
    }

    /** Whether it has the project's version, and a groupId of the project. */
    boolean contain(Artifact artifact) {
        return artifact.getBaseVersion().equals(version) && isWithin(artifact.getGroupId());
    }

    private boolean isWithin(String groupId) {
        return groupId.startsWith(group)
                && (groupId.length() == group.length() || groupId.charAt(group.length()) == '.');
    }

    /**
     * What the groupIds of the project and of its parents have in common. A parent out of a repository is somebody
     * else's, perhaps a framework's, and two projects that share no more than {@code com} share nothing.
     */
    private static String commonGroup(MavenProject project) {
        String group = project.getGroupId();
        for (MavenProject own = project;
                own.getParentFile() != null && own.getParent() != null;
                own = own.getParent()) {
            String both = common(group, own.getParent().getGroupId());
            if (!both.equals(group) && both.indexOf('.') < 0) {
                break;
            }
            group = both;
        }
        return group;
    }

    private static String common(String a, String b) {
        int end = 0;
        for (int i = 0; i <= Math.min(a.length(), b.length()); i++) {
            boolean endsInA = i == a.length() || a.charAt(i) == '.';
            boolean endsInB = i == b.length() || b.charAt(i) == '.';
            if (endsInA && endsInB) {
                end = i;
            }
            if (i == Math.min(a.length(), b.length()) || a.charAt(i) != b.charAt(i)) {
                break;
            }
        }
        return a.substring(0, end);
    }
}
