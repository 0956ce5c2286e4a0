// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.GitHead;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
final class PomAnnotations {

    private static final String PREFIX = "org.opencontainers.image.";

    private final SortedMap<String, String> annotations = new TreeMap<>();

    private PomAnnotations() {}

    /** The user's own come last and win; an empty text takes an annotation away. */
    static SortedMap<String, String> of(MavenProject project, String created, Map<String, String> own) {
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
        from.put("revision", GitHead.commit(project.getBasedir().toPath()).orElse(null));
        from.put("created", created);
        own.forEach((name, value) -> {
            if (value == null || value.isEmpty()) {
                from.annotations.remove(name);
            } else {
                from.annotations.put(name, value);
            }
        });
        return from.annotations;
    }

    /** Several licences of a POM are a choice, which SPDX writes as OR. */
    private static String licenses(MavenProject project) {
        return project.getLicenses().stream()
                .map(License::getName)
                .filter(name -> name != null && !name.isBlank())
                .collect(Collectors.joining(" OR "));
    }

    private void put(String name, String value) {
        if (value != null && !value.isBlank()) {
            annotations.put(PREFIX + name, value.strip().replaceAll("\\s+", " "));
        }
    }
}
