// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.error.UserError;
import io.jlayer.project.Application;
import io.jlayer.project.ClassFacts;
import java.util.List;
import java.util.Optional;

/**
 * Which class is started: the one that the user names, that the project's own plugins name, the only one there is, or the one
 * that the packaged jar names.
 */
final class MainClass {

    private static final String WHERE = "<container><mainClass> or -Djlayer.container.mainClass";

    private MainClass() {}

    /**
     * Chooses.
     *
     * @param packaged what the packaged jar names; it counts where nothing else decides
     * @throws UserError if nothing decides, naming what could be meant
     */
    static String choose(
            ContainerSettings settings, Application application, ClassFacts facts, Optional<String> packaged) {
        String named = settings.mainClass().orElse(application.mainClass().orElse(""));
        if (!named.isEmpty()) {
            if (!isClassName(named)) {
                throw new UserError("'" + named + "' is not a class name", WHERE, "write it as com.example.Main");
            }
            return named;
        }
        List<String> found = facts.mainClasses();
        if (found.size() != 1 && packaged.isPresent()) {
            return packaged.get();
        }
        if (found.isEmpty()) {
            throw new UserError(
                    "no class in " + application.classes() + " has a main method",
                    "project " + application.name(),
                    "name a class from the dependencies in " + WHERE
                            + ", or set <container><entrypoint>, or -Djlayer.skip for a library");
        }
        if (found.size() > 1) {
            throw new UserError(
                    "several classes have a main method: " + String.join(", ", found),
                    "project " + application.name(),
                    "name the one to start in " + WHERE);
        }
        return found.get(0);
    }

    /** Identifiers with dots between them. */
    private static boolean isClassName(String text) {
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (begins ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                return false;
            }
            begins = c == '.';
        }
        return !begins;
    }
}
