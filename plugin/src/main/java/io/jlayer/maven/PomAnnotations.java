// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.oci.AnnotationName;
import io.jlayer.project.GitHead;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.maven.model.License;
import org.apache.maven.model.Organization;
import org.apache.maven.model.Scm;
import org.apache.maven.project.MavenProject;

/**
 * Fills the annotations that the specification names from what the POM and git say.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys">annotations.md,
 *     Pre-Defined Annotation Keys</a>
 */
public final class PomAnnotations {

    private final SortedMap<String, String> annotations = new TreeMap<>();

    private PomAnnotations() {}

    /** The user's own come last and win; an empty text takes an annotation away, also one that is set later or the base's. */
    public static SortedMap<String, String> of(MavenProject project, String created, Map<String, String> own) {
        PomAnnotations from = new PomAnnotations();
        from.put("title", project.getName());
        from.put("description", project.getDescription());
        from.put("version", project.getVersion());
        from.put("url", project.getUrl());
        from.put("licenses", licenses(project));
        Organization organization = project.getOrganization();
        from.put("vendor", organization == null ? null : organization.getName());
        Scm scm = project.getScm();
        from.put("source", scm == null ? null : scm.getUrl());
        from.put("revision", GitHead.commit(ProjectDirectory.of(project)).orElse(null));
        from.put("created", created);
        for (Map.Entry<String, String> each : own.entrySet()) {
            from.annotations.put(each.getKey(), each.getValue() == null ? "" : each.getValue());
        }
        return from.annotations;
    }

    /** Several licences of a POM are a choice, which SPDX writes as OR. */
    private static String licenses(MavenProject project) {
        StringJoiner names = new StringJoiner(" OR ");
        for (License license : project.getLicenses()) {
            if (license.getName() != null && !license.getName().isBlank()) {
                names.add(license.getName());
            }
        }
        return names.toString();
    }

    private void put(String name, String value) {
        if (value != null && !value.isBlank()) {
            annotations.put(AnnotationName.DEFINED + name, value.strip().replaceAll("\\s+", " "));
        }
    }
}
