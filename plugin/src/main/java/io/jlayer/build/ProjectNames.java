// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import io.jlayer.oci.ImageRef;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.transport.LoadName;
import io.jlayer.transport.TransportName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a project's image is called in an engine. */
public final class ProjectNames {

    private ProjectNames() {}

    /**
     * The names in registries that {@code <to>} gives it, else its artifactId with the tags, else with the version and
     * {@code latest}.
     *
     * @throws UserError if no engine knows such names
     */
    static List<LoadName> of(Application application, ImageSettings settings) {
        Set<LoadName> names = new LinkedHashSet<>();
        for (TransportName target : new Targets(application, settings).registries()) {
            ImageRef image = target.reference();
            List<String> tags = new ArrayList<>(image.tag().isPresent() ? settings.tags() : settings.tagsOrDefault());
            image.tag().ifPresent(tag -> tags.add(0, tag));
            tags.forEach(tag -> names.add(new LoadName(image.withTag(tag), true)));
        }
        if (names.isEmpty()) {
            List<String> tags = settings.tags().isEmpty()
                    ? List.of(LoadName.asTag(application.version()), "latest")
                    : settings.tags();
            for (String tag : tags) {
                names.add(LoadName.ofWord(application.name(), tag, "artifactId " + application.name()));
            }
        }
        return List.copyOf(names);
    }
}
