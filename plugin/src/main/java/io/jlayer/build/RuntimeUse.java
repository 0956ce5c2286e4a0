// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LocalFile;
import io.jlayer.local.JdkApplication;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.project.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the runtime of the base {@code jdk:} is for: the application, jars in layers of files, and all that tells a JVM. */
final class RuntimeUse {

    /** Variables that a JVM, or its launcher, takes flags from. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private RuntimeUse() {}

    static JdkApplication of(
            Application application, boolean holdsApplication, BuildPlan plan, Collection<LocalFile> classFiles) {
        List<Path> classes = Files.isDirectory(application.classes()) ? List.of(application.classes()) : List.of();
        // What other plugins packaged may need any module.
        boolean others = !holdsApplication || !application.classPath().isEmpty() || haveJars(plan);
        return new JdkApplication(classes, List.copyOf(classFiles), others, flags(application, plan.container()));
    }

    private static boolean haveJars(BuildPlan plan) {
        for (PlannedLayer layer : plan.lowestFirst()) {
            if (layer.place() == PlannedLayer.Place.ANYWHERE) {
                for (FileEntry entry : layer.spec().entries()) {
                    if (entry.path().name().endsWith(".jar")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<String> flags(Application application, ContainerSettings container) {
        List<String> flags = new ArrayList<>(application.manifestFlags());
        flags.addAll(container.jvmFlags());
        flags.addAll(container.entrypoint());
        for (String variable : VARIABLES) {
            String value = container.environment().getOrDefault(variable, "");
            flags.addAll(List.of(value.strip().split("\\s+", -1)));
        }
        return flags;
    }
}
