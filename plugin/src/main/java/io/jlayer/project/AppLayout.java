// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.layer.LayerPath;

/**
 * Where an application lies in its image.
 *
 * <pre>
 * /app/classes     the project's classes and resources: one root of the class path, in two layers
 * /app/classes.jar the same as a jar, where that is wanted or needed
 * /app/lib         dependencies, as jars, by groupId
 * /app/classpath   the class path, for {@code java -cp @/app/classpath}
 * /app/web         in place of all that: the files of a war that can be started
 * </pre>
 *
 * <p>Classes and resources share a root although they are layers apart: what looks for its neighbours by their root (JPA's
 * {@code persistence.xml}, CDI's {@code beans.xml}) finds them there, as it would in the project's jar. They are files, not
 * a jar, since a JVM starts faster so and a diff of two images then shows which class changed.
 */
public final class AppLayout {

    public static final LayerPath ROOT = LayerPath.of("app");
    public static final LayerPath CLASSES = ROOT.resolve("classes");
    public static final LayerPath CLASSES_JAR = ROOT.resolve("classes.jar");
    static final LayerPath LIB = ROOT.resolve("lib");
    public static final LayerPath CLASS_PATH = ROOT.resolve("classpath");
    public static final LayerPath WEB = ROOT.resolve("web");

    private AppLayout() {}
}
