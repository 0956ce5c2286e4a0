// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.project.Dependency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What people call the layers of dependencies: a library by its artifactId, several by what their groupIds have in common,
 * and then the version. Which layers there are and how they lie does not follow from that, so a name moves no layer.
 */
final class GroupNames {

    /** What has fewer letters is in another word by chance. */
    private static final int SHORTEST_WORD = 2;

    private GroupNames() {}

    /** A name for each group, in their order; no two are alike, and another version changes the version in its own alone. */
    static List<String> of(List<Group> groups) {
        Set<String> all = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Group group : groups) {
            String name = name(group);
            if (!all.add(name)) {
                twice.add(name);
            }
        }
        List<String> names = new ArrayList<>();
        for (Group group : groups) {
            String name = name(group);
            if (group.isBucket()) {
                names.add(name);
                continue;
            }
            boolean whole = twice.contains(name) && isOneLibrary(group);
            names.add(((whole ? coordinates(group) : name) + " " + first(group).version()).strip());
        }
        return names;
    }

    private static Dependency first(Group group) {
        return group.dependencies().get(0);
    }

    private static String name(Group group) {
        if (group.isBucket()) {
            return group.key();
        } else if (!isOneLibrary(group)) {
            return common(group.dependencies());
        }
        Dependency library = first(group);
        return tellsItsGroup(library) ? library.artifactId() : library.groupId() + ":" + library.artifactId();
    }

    /** Whether all its jars are one artifact, which may be there with several classifiers. */
    private static boolean isOneLibrary(Group group) {
        Dependency first = first(group);
        for (Dependency other : group.dependencies()) {
            if (!other.groupId().equals(first.groupId()) || !other.artifactId().equals(first.artifactId())) {
                return false;
            }
        }
        return true;
    }

    private static String coordinates(Group group) {
        Dependency library = first(group);
        String classifier =
                group.dependencies().size() > 1 || library.classifier().isEmpty() ? "" : "-" + library.classifier();
        return library.groupId() + ":" + library.artifactId() + classifier;
    }

    /**
     * {@code hibernate-core} of {@code org.hibernate.orm} and {@code snakeyaml} of {@code org.yaml} do, {@code core} of
     * {@code com.google.zxing} does not.
     */
    private static boolean tellsItsGroup(Dependency library) {
        String group = library.groupId().toLowerCase(Locale.ROOT);
        String artifact = library.artifactId().toLowerCase(Locale.ROOT);
        String last = group.substring(group.lastIndexOf('.') + 1);
        if (last.length() >= SHORTEST_WORD && artifact.contains(last)) {
            return true;
        }
        int from = 0;
        for (int i = 0; i <= artifact.length(); i++) {
            if (i == artifact.length() || !Character.isLetterOrDigit(artifact.charAt(i))) {
                if (i - from >= SHORTEST_WORD && group.contains(artifact.substring(from, i))) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    /** The segments that all their groupIds begin with: the first two at least, as long as they are of one train. */
    private static String common(List<Dependency> dependencies) {
        String common = dependencies.get(0).groupId() + ".";
        for (Dependency dependency : dependencies) {
            while (!(dependency.groupId() + ".").startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('.', common.length() - 2) + 1);
            }
        }
        return common.substring(0, Math.max(0, common.length() - 1));
    }
}
