// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.image.Image;
import io.jlayer.oci.JsonObject;
import io.jlayer.project.AppLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An application that a base has in it already, made by jlayer: by mistake more often than not, as where a project names its
 * own image as its base. The history tells, so no layer need be here.
 */
final class BaseApplication {

    private static final String CLASS_PATH = "class path";

    /** What layers of applications are called, and users hardly call theirs. */
    private static final List<String> LAYERS = List.of(CLASS_PATH, "launcher", "web resources");

    /** Users call files so too, which start nothing. */
    private static final String CLASSES = "classes";

    private BaseApplication() {}

    /** What to say of it where another application is put on that base; empty if there is none. */
    static Optional<String> warning(String from, Image base) {
        List<Object> ours = new ArrayList<>();
        for (JsonObject line : base.config().history()) {
            if ("jlayer".equals(line.members().get("created_by"))) {
                ours.add(line.members().get("comment"));
            }
        }
        boolean starts = !base.config().execution().texts("Entrypoint").isEmpty();
        if (Collections.disjoint(ours, LAYERS) && !(starts && ours.contains(CLASSES))) {
            return Optional.empty();
        }
        return Optional.of("the base " + from + " holds an application that jlayer built" + mainClass(base)
                + "; its files stay in this image"
                + (ours.contains(CLASS_PATH)
                        ? ", and what lies in its " + AppLayout.CLASSES + " is on this one's class path too"
                        : "")
                + ". Name the base of that one as <from>; to put no more than <layers> on an application, use"
                + " <layering>none</layering>");
    }

    private static String mainClass(Image base) {
        List<String> words = base.config().execution().texts("Entrypoint");
        int classPath = words.indexOf("@" + AppLayout.CLASS_PATH);
        return classPath < 0 || classPath + 1 == words.size() ? "" : ", " + words.get(classPath + 1);
    }
}
