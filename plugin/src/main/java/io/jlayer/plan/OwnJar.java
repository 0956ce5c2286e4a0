// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LocalFile;
import io.jlayer.project.Application;
import io.jlayer.project.ModuleJars;
import io.jlayer.project.PackagedJar;
import io.jlayer.project.RenamedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * The project's own classes and resources as a jar, with the manifest of the one that was packaged: for what asks where it
 * was loaded from, or what its manifest says of it; and for classes in several versions, of which a JVM chooses in jars only.
 *
 * @param application whose classes they are
 * @param form what the user wants
 * @param warnings what may be wrong
 */
record OwnJar(Application application, OwnClasses form, Consumer<String> warnings) {

    private static final String VERSIONS = "META-INF/versions/";

    /** The jar; empty if files do as well. */
    Optional<FileContent> of(SortedMap<String, FileEntry> own, ModuleJars jars, FileDigests digests)
            throws IOException {
        boolean asked = form == OwnClasses.JAR;
        if (own.isEmpty()) {
            return Optional.empty();
        }
        if (form == OwnClasses.PACKAGED) {
            return Optional.of(packaged(jars));
        }
        if (form == OwnClasses.FILES) {
            return Optional.empty();
        }
        warnIfRenamed(own);
        if (!asked && !hasVersions(own)) {
            return Optional.empty();
        }
        Manifest manifest = manifest(digests);
        boolean chooses = "true".equalsIgnoreCase(manifest.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
        return asked || chooses ? Optional.of(jars.ofFiles(contents(own, digests), bytes(manifest))) : Optional.empty();
    }

    private FileContent packaged(ModuleJars jars) throws IOException {
        if (application.jar().isEmpty()
                || PackagedJar.hasLauncher(application.jar().get())) {
            throw new UserError(
                    application.jar().isEmpty()
                            ? "there is no packaged jar"
                            : "the classes in " + application.jar().get() + " are found by its launcher alone",
                    "<classes>packaged</classes> of " + application.name(),
                    "have the classes as they were compiled: <classes>auto</classes>");
        }
        return jars.normal(application.jar().get());
    }

    /** The image would hold what somebody took care to hide. */
    private void warnIfRenamed(SortedMap<String, FileEntry> own) throws IOException {
        if (application.jar().isPresent()) {
            Optional<String> renamed = RenamedClasses.first(application.jar().get(), own);
            if (renamed.isPresent()) {
                warnings.accept("the image holds " + renamed.get() + ", as it was compiled, and the packaged jar "
                        + application.jar().get() + " does not: to have what was packaged, as of an obfuscator, set"
                        + " <classes>packaged</classes>; if compiled classes are meant, <classes>files</classes>");
            }
        }
    }

    private static boolean hasVersions(SortedMap<String, FileEntry> own) {
        for (String name : own.tailMap(VERSIONS).keySet()) {
            if (!name.startsWith(VERSIONS)) {
                return false;
            } else if (name.endsWith(".class")) {
                return true;
            }
        }
        return false;
    }

    /** A jar has no links: what they lead to is in it, as in the packaged one. */
    private SortedMap<String, FileContent> contents(SortedMap<String, FileEntry> own, FileDigests digests)
            throws IOException {
        SortedMap<String, FileContent> contents = new TreeMap<>();
        for (Map.Entry<String, FileEntry> file : own.entrySet()) {
            if (file.getValue() instanceof FileEntry.Regular regular) {
                contents.put(file.getKey(), regular.content());
            } else if (file.getValue() instanceof FileEntry.Symlink) {
                follow(file.getKey(), contents, digests);
            }
        }
        return contents;
    }

    private void follow(String name, SortedMap<String, FileContent> contents, FileDigests digests) throws IOException {
        Path link = FileNames.resolve(application.classes(), name);
        FileChoice packaged = new FileChoice(application.packaged());
        for (Path file : followed(link)) {
            String below =
                    file.equals(link) ? "" : "/" + FileNames.below(link, file).replace('\\', '/');
            if (Files.isRegularFile(file) && packaged.holds(name + below)) {
                contents.put(name + below, new LocalFile(file, digests));
            } else {
                digests.watch(file);
            }
        }
    }

    private static List<Path> followed(Path link) {
        try {
            return Listing.below(link, FileVisitOption.FOLLOW_LINKS);
        } catch (IOException e) {
            throw new UserError(
                    "a link cannot be followed into a jar: " + Reason.of(e),
                    link.toString(),
                    "remove the link, or have the classes as files: <classes>files</classes>",
                    e);
        }
    }

    /** That of the packaged jar; an empty one where there is none. */
    private Manifest manifest(FileDigests digests) throws IOException {
        Manifest manifest = null;
        if (application.jar().isPresent()) {
            Path jar = application.jar().get();
            digests.watch(jar);
            try {
                manifest = PackagedJar.manifest(jar).orElse(null);
            } catch (ZipException e) {
                throw new UserError(
                        "it is not a jar, or only part of one: " + e.getMessage(),
                        jar.toString(),
                        "package it again: mvn clean package",
                        e);
            }
        }
        if (manifest == null) {
            manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        }
        addEntries(manifest.getMainAttributes());
        return manifest;
    }

    /** Of what a plugin packages beside the main jar, as a shaded jar, that jar's manifest tells nothing. */
    private void addEntries(Attributes attributes) {
        if (!application.manifestEntries().isEmpty()) {
            application
                    .manifestEntries()
                    .forEach((name, value) -> attributes.putIfAbsent(new Attributes.Name(name), value));
            application.mainClass().ifPresent(name -> attributes.putIfAbsent(Attributes.Name.MAIN_CLASS, name));
        }
    }

    private static byte[] bytes(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }
}
