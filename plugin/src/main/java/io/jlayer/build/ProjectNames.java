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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a project's image is called, in an engine and elsewhere. */
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
                names.add(LoadName.ofWord(repository(application), tag, "artifactId " + application.name()));
            }
        }
        return List.copyOf(names);
    }

    /**
     * The artifactId as names of images may be: in small letters, and between letters and digits a dot, one or two
     * underscores, or hyphens.
     */
    static String repository(Application application) {
        StringBuilder name = new StringBuilder();
        String separator = "";
        for (char c : application.name().toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                separator += c == '.' || c == '_' ? c : '-';
                continue;
            }
            if (!name.isEmpty()) {
                name.append(isAllowed(separator) ? separator : "-");
            }
            name.append(c);
            separator = "";
        }
        return name.isEmpty() ? "image" : name.toString();
    }

    private static boolean isAllowed(String separator) {
        return separator.length() < 2
                || separator.equals("__")
                || separator.chars().allMatch(c -> c == '-');
    }

    /** What to say of a name that could not stay; empty if it is as it was, or {@code <to>} gives others. */
    static Optional<String> changed(Application application, ImageSettings settings) {
        String name = repository(application);
        return name.equals(application.name()) || !settings.to().isEmpty()
                ? Optional.empty()
                : Optional.of("The image is called " + name + ", since no image can be called " + application.name());
    }
}
