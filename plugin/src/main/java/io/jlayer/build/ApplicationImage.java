// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.JdkApplication;
import io.jlayer.local.JdkSource;
import io.jlayer.registry.RegistryCache;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The image of an application: from what Maven made to {@code target/jlayer}. All goals that need an image share it. */
public final class ApplicationImage {

    private final Store store;
    private final Application application;
    private final ImageSettings settings;
    private final FileDigests digests;
    private final ImagePlanner planner;
    private final Registries registries;
    private final Consumer<String> warnings;
    private final ClassFacts facts;

    /**
     * Looks at the application's classes.
     *
     * @throws UserError if there are none
     */
    public ApplicationImage(
            Store store,
            Application application,
            ImageSettings settings,
            Registries registries,
            Consumer<String> warnings)
            throws IOException {
        if (TransportName.parse(settings.from(), "<from>").isRegistry()) {
            RegistryClient.prepare();
        }
        this.registries = registries;
        this.store = store;
        this.application = application;
        this.settings = settings;
        this.warnings = warnings;
        this.digests = FileDigests.open(store, application.project());
        this.planner = new ImagePlanner(application, settings, store, digests, warnings);
        this.facts = ClassFacts.of(planner.classFiles(), store.records("classes-v1"));
    }

    /** Whether nothing here can be started and nobody said how, in a module that is {@code oneOfMany}. */
    public boolean isLibraryAmongOthers(boolean oneOfMany) {
        return oneOfMany
                && facts.mainClasses().isEmpty()
                && settings.container().mainClass().isEmpty()
                && settings.container().entrypoint().isEmpty()
                && application.mainClass().isEmpty();
    }

    /** Builds the image, writes it to {@code target/jlayer} and to all targets on this machine. */
    public BuildReport build() throws IOException {
        return build(true, false);
    }

    /** As {@link #build()}, and pushes it to all registries that are among the targets. */
    public BuildReport buildAndPush() throws IOException {
        return build(true, true);
    }

    /**
     * Builds the image and pushes it. It is written nowhere else, so that what the base has and the registry has too need
     * not be here.
     *
     * @throws UserError if no registry is among the targets
     */
    public BuildReport push() throws IOException {
        if (registries().isEmpty()) {
            throw new UserError(
                    "there is no registry to push to",
                    "<to>",
                    "name an image in a registry: <to>registry.example.com/" + application.name()
                            + "</to>, or -Djlayer.to=...");
        }
        return build(false, true);
    }

    private BuildReport build(boolean here, boolean push) throws IOException {
        BuildPlan plan = planner.plan(facts);
        Transports transports = new Transports(store, digests, application.project(), registries, warnings);
        List<ImageTarget> targets = new ArrayList<>(here ? targetsHere(transports) : List.of());
        List<RegistryTarget> pushes = push ? pushes(transports) : List.of();
        pushes.forEach(registry -> targets.add(told(registry)));
        Files.createDirectories(application.output());
        ImageSource base = transports.source(settings.from(), jdk());
        BuildReport report = new ImageBuilder(store, Runtime.getRuntime().availableProcessors(), fleet(here))
                .build(plan, here ? transports.whole(base) : base, targets)
                .sent(
                        here,
                        pushes.stream()
                                .flatMap(target -> target.report().stream())
                                .toList());
        ReportFiles.write(report, reference(), settings.tagsOrDefault(), application.output());
        digests.save();
        return report;
    }

    /** Layers that are written here, too, are fetched while others are packed. */
    private Optional<FleetLayers> fleet(boolean here) throws IOException {
        Optional<RegistryCache> cache = settings.cache().flatMap(place -> registries.cache(place, warnings));
        return cache.isEmpty()
                ? Optional.empty()
                : Optional.of(new FleetLayers(cache.get(), store, settings.compression(), here, warnings));
    }

    private static ImageTarget told(RegistryTarget registry) {
        return image -> {
            try {
                registry.write(image);
            } catch (IOException e) {
                throw RegistryRemedies.forPush(registry.image(), e);
            }
        };
    }

    private List<TransportName> targets() {
        return settings.to().stream().map(to -> TransportName.parse(to, "<to>")).toList();
    }

    private List<TransportName> registries() {
        return targets().stream().filter(TransportName::isRegistry).toList();
    }

    private List<ImageTarget> targetsHere(Transports transports) {
        List<ImageTarget> targets = new ArrayList<>();
        targets.add(
                LayoutTarget.holding(application.output().resolve("image"), store.blobs(), settings.tagsOrDefault()));
        for (TransportName target : targets()) {
            if (!target.isRegistry()) {
                targets.add(transports.target(target, application.name(), settings.tagsOrDefault()));
            }
        }
        return targets;
    }

    private List<RegistryTarget> pushes(Transports transports) {
        boolean madeHere =
                TransportName.parse(settings.from(), "<from>").transport().equals("jdk");
        if (madeHere && !registries().isEmpty() && !settings.forcePush()) {
            throw new UserError(
                    "an image on jdk: is for trying it on this machine: its C library and its Java are this machine's",
                    "<from>",
                    "name a base that gets its updates, as <from>eclipse-temurin:21-jre</from>, or push all the same:"
                            + " -Djlayer.push.force=true");
        }
        return registries().stream()
                .map(name -> transports.registryTarget(
                        name, name.reference().tag().isPresent() ? settings.tags() : settings.tagsOrDefault()))
                .toList();
    }

    private ImageSource jdk() {
        return (platform, blobs) -> {
            List<Path> classes =
                    Stream.of(application.classes()).filter(Files::isDirectory).toList();
            JdkApplication runs = new JdkApplication(
                    classes,
                    List.copyOf(planner.classFiles().values()),
                    !application.classPath().isEmpty());
            return new JdkSource(application.javaHome(), runs, store).load(platform, blobs);
        };
    }

    private String reference() {
        return settings.to().isEmpty()
                ? application.name() + ":" + settings.tagsOrDefault().get(0)
                : settings.to().get(0);
    }
}
