// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.LocalFile;
import io.jlayer.project.Application.ClassPathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns what Maven resolved into what goes into the image. */
public final class ClassPath {

    private final Application application;
    private final ModuleJars modules;
    private final JarTypes jarTypes;
    private final FileDigests digests;
    private final Consumer<String> warnings;

    public ClassPath(Application application, Store store, FileDigests digests, Consumer<String> warnings) {
        this.application = application;
        this.modules = new ModuleJars(store, digests);
        this.jarTypes = new JarTypes(store);
        this.digests = digests;
        this.warnings = warnings;
    }

    /** In Maven's order. */
    public List<Dependency> dependencies() throws IOException {
        List<Dependency> dependencies = new ArrayList<>();
        List<LocalFile> jars = new ArrayList<>();
        for (ClassPathEntry entry : application.classPath()) {
            if (JarTypes.isDevelopmentTool(entry.groupId(), entry.artifactId())) {
                continue;
            }
            check(entry);
            FileContent content;
            if (entry.module() || Files.isDirectory(entry.file())) {
                content = modules.normal(entry.file());
            } else {
                LocalFile jar = new LocalFile(entry.file(), digests);
                jars.add(jar);
                content = jar;
            }
            dependencies.add(new Dependency(
                    entry.groupId(),
                    entry.artifactId(),
                    entry.version(),
                    entry.classifier(),
                    entry.extension(),
                    entry.module(),
                    content));
        }
        FileReading.look(jars);
        List<LocalFile> notNeeded = jarTypes.notNeededAtRunTime(jars);
        dependencies.removeIf(dependency -> notNeeded.contains(dependency.content()));
        return dependencies;
    }

    /** The jars of others that will be asked for, whether they are there or not. */
    public static List<Path> jars(Application application) {
        List<Path> jars = new ArrayList<>();
        for (ClassPathEntry entry : application.classPath()) {
            if (!entry.module() && !JarTypes.isDevelopmentTool(entry.groupId(), entry.artifactId())) {
                jars.add(entry.file());
            }
        }
        return jars;
    }

    private void check(ClassPathEntry entry) {
        Path file = entry.file();
        if (!Files.exists(file)) {
            throw new UserError(
                    "the dependency " + entry.groupId() + ":" + entry.artifactId() + " has no file " + file,
                    "project " + application.name(),
                    entry.module()
                            ? "package that module first: mvn package at the root"
                            : "resolve it: mvn -U package");
        }
        if (Files.isDirectory(file)) {
            warnings.accept(entry.artifactId() + " is taken from " + file
                    + ": it was not packaged in this build; run mvn package jlayer:build for its jar");
        }
    }
}
