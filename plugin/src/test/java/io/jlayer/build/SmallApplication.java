// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Store;
import io.jlayer.http.Events;
import io.jlayer.layer.Compression;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.plan.ImageSettings;
import io.jlayer.plan.OwnClasses;
import io.jlayer.project.Application;
import io.jlayer.project.Application.ClassPathEntry;
import io.jlayer.project.FilePatterns;
import io.jlayer.project.Runner;
import io.jlayer.project.StartedFixture;
import io.jlayer.project.WebApplication;
import io.jlayer.registry.RegistrySettings;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A project as Maven leaves it after package, with an image built from it as the goals do. */
public final class SmallApplication {

    public final Path project;
    public String name = "small";
    public final List<String> warnings = new ArrayList<>();
    public final List<String> hints = new ArrayList<>();
    public final List<ClassPathEntry> classPath = new ArrayList<>();
    public final List<ExtraLayer> extraLayers = new ArrayList<>();
    public final List<String> to = new ArrayList<>();
    public String from = "scratch";
    public List<Platform> platforms = List.of(Platform.parse("linux/amd64"));
    public String layering = "auto";
    public OptionalInt maxLayers = OptionalInt.empty();
    public ContainerSettings container = containerOf(Optional.empty(), List.of(), new TreeMap<>());

    /** What was packaged as a war, if it was. */
    public WebApplication web;

    public Runner runner;
    public FilePatterns packaged = FilePatterns.ALL;
    public Path jar;
    public List<String> manifestFlags = List.of();
    public SortedMap<String, String> manifestEntries = new TreeMap<>();
    public Optional<String> mainClass = Optional.empty();
    public OwnClasses classes = OwnClasses.AUTO;

    private final Path store;

    /** A project in {@code directory} that prints a line. */
    public SmallApplication(Path directory) throws IOException {
        this(directory.resolve("project"), directory.resolve("store"));
        add(StartedFixture.class);
    }

    private SmallApplication(Path project, Path store) {
        this.project = project;
        this.store = store;
    }

    /** One that is there already. */
    public static SmallApplication in(Path project) {
        return new SmallApplication(project, project.resolveSibling("store"));
    }

    public static ContainerSettings containerOf(
            Optional<String> mainClass, List<String> args, SortedMap<String, String> environment) {
        return containerOf(mainClass, List.of(), args, environment);
    }

    public static ContainerSettings withFlags(List<String> jvmFlags) {
        return containerOf(Optional.empty(), jvmFlags, List.of(), new TreeMap<>());
    }

    private static ContainerSettings containerOf(
            Optional<String> mainClass,
            List<String> jvmFlags,
            List<String> args,
            SortedMap<String, String> environment) {
        return new ContainerSettings(
                mainClass,
                jvmFlags,
                args,
                List.of(),
                environment,
                new TreeMap<>(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Path classes() {
        return project.resolve("target/classes");
    }

    public Path output() {
        return project.resolve("target/jlayer");
    }

    public Path filesForRoot() {
        return project.resolve("src/main/jlayer");
    }

    /** The class file of a class that the tests have, as bytes. */
    public static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    public Path add(Class<?> type) throws IOException {
        return write(classes().resolve(type.getName().replace('.', '/') + ".class"), classFile(type));
    }

    public Path write(String path, String content) throws IOException {
        return write(project.resolve(path), content.getBytes(UTF_8));
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    public Store store() throws IOException {
        return Store.open(store);
    }

    public Application application() {
        return new Application(
                name,
                "1.0",
                project,
                classes(),
                packaged,
                filesForRoot(),
                output(),
                Path.of(System.getProperty("java.home")),
                mainClass,
                List.copyOf(classPath),
                Optional.ofNullable(web),
                Optional.ofNullable(runner),
                Optional.ofNullable(jar),
                manifestFlags,
                manifestEntries);
    }

    public ImageSettings settings() {
        return settings(false);
    }

    public ImageSettings settings(boolean forcePush) {
        return new ImageSettings(
                from,
                List.copyOf(to),
                forcePush,
                List.of("latest"),
                platforms,
                container,
                new TreeMap<>(),
                layering,
                maxLayers,
                classes,
                List.copyOf(extraLayers),
                Compression.GZIP,
                Format.OCI,
                Instant.EPOCH,
                Optional.empty());
    }

    public BuildReport build() throws IOException {
        return build(store());
    }

    public BuildReport build(Store at) throws IOException {
        try (Registries registries =
                new Registries(() -> RegistrySettings.defaults().withOffline(true), Events.NONE)) {
            return new ApplicationImage(at, application(), settings(), registries, warnings::add, hints::add).build();
        }
    }

    /** All that a build left for others, and the store's drafts: path to digest. */
    public SortedMap<String, String> visible() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path root : List.of(output(), store.resolve("tmp"))) {
            if (Files.exists(root)) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file : all.filter(Files::isRegularFile).toList()) {
                        files.put(
                                file.toString(),
                                Digest.sha256(Files.readAllBytes(file)).hex());
                    }
                }
            }
        }
        return files;
    }

    /** A jar on the class path. */
    public void depend(String groupId, String artifactId, String version, boolean module, Path file) {
        classPath.add(new ClassPathEntry(groupId, artifactId, version, "", "jar", module, file));
    }

    public static SortedMap<String, String> map(String name, String value) {
        return new TreeMap<>(Map.of(name, value));
    }
}
