// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileStates;
import io.jlayer.blob.Store;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.JdkApplication;
import io.jlayer.local.JdkSource;
import io.jlayer.oci.ImageRef;
import io.jlayer.registry.PushReport;
import io.jlayer.registry.RegistryCache;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.codehaus.plexus.util.FileUtils;

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
    private final Instant began = Instant.now();
    private final Timings timings = new Timings();
    private boolean warned;

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
        TransportName base = TransportName.parse(settings.from(), "<from>");
        if (base.isRegistry()) {
            RegistryClient.prepare(base.reference());
        }
        this.registries = registries;
        this.store = store;
        this.application = application;
        this.settings = settings;
        this.warnings = warning -> {
            warned = true;
            warnings.accept(warning);
        };
        this.digests = FileDigests.open(store, application.project());
        Parallel.readAhead(ClassPath.jars(application), digests);
        this.planner = new ImagePlanner(application, settings, store, digests, this.warnings);
        long start = System.nanoTime();
        this.facts = ClassFacts.of(planner.classFiles(), isMainClassLookedFor(), store.records("classes-v2"));
        timings.add("classes", start);
    }

    /** Whether nothing here can be started and nobody said how, in a module that is {@code oneOfMany}. */
    public boolean isLibraryAmongOthers(boolean oneOfMany) {
        return oneOfMany && isMainClassLookedFor() && facts.mainClasses().isEmpty();
    }

    /** Whether nobody said what is started. */
    private boolean isMainClassLookedFor() {
        return settings.container().mainClass().isEmpty()
                && settings.container().entrypoint().isEmpty()
                && application.mainClass().isEmpty();
    }

    /** Builds the image, writes it to {@code target/jlayer} and to all targets on this machine. */
    public BuildReport build() throws IOException {
        return build(new Places(true, true, false));
    }

    /** Builds the image and writes it to {@code target/jlayer} alone, for goals that only want to have it. */
    public BuildReport buildHere() throws IOException {
        return build(new Places(true, false, false));
    }

    /** As {@link #build()}, and pushes it to all registries that are among the targets. */
    public BuildReport buildAndPush() throws IOException {
        return build(new Places(true, true, true));
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
        BuildReport report = build(new Places(false, false, true));
        removeOther(report);
        return report;
    }

    /** Where an image goes. */
    private record Places(boolean layout, boolean archives, boolean registries) {}

    /** What an earlier build left is not what {@code image.json} speaks of now. */
    private void removeOther(BuildReport report) throws IOException {
        Path layout = application.output().resolve("image");
        if (Files.isDirectory(layout)
                && !LayoutTarget.holds(layout, report.image().root())) {
            FileUtils.deleteDirectory(layout.toFile());
        }
    }

    private BuildReport build(Places places) throws IOException {
        boolean here = places.layout();
        long start = System.nanoTime();
        BuildPlan plan = planner.plan(facts);
        timings.add("plan", start);
        Transports transports = new Transports(store, digests, application.project(), registries, warnings);
        List<RegistryTarget> pushes = places.registries() ? pushes(transports) : List.of();
        List<ImageTarget> targets = new ArrayList<>();
        for (RegistryTarget target : pushes) {
            target.begin(base());
            targets.add(new RegistryGoal(target));
        }
        if (places.archives()) {
            targets.addAll(archives(transports));
        }
        if (here) {
            // Last, so that it stays what image.json speaks of if another target cannot be written.
            targets.add(ownLayout());
        }
        Files.createDirectories(application.output());
        boolean follows = new BaseWatch(application.project(), digests).watch(settings.from())
                && settings.cache().isEmpty();
        ImageSource base = transports.source(settings.from(), ImageUse.BASE, jdk());
        BuildReport report = new ImageBuilder(store, Runtime.getRuntime().availableProcessors(), fleet(here))
                .build(plan, here ? transports.whole(base) : base, targets, timings)
                .sent(here, reports(pushes));
        ReportFiles.write(report, reference(), settings.tagsOrDefault(), application.output());
        digests.save();
        if (follows && here && places.archives() && pushes.isEmpty() && !warned) {
            try {
                remember(report);
            } catch (IOException anotherBuildReplacedIt) {
                // Then there is nothing to remember; the image itself is made.
            }
        }
        return report;
    }

    private static List<PushReport> reports(List<RegistryTarget> pushes) {
        List<PushReport> reports = new ArrayList<>();
        for (RegistryTarget target : pushes) {
            if (target.report().isPresent()) {
                reports.add(target.report().get());
            }
        }
        return reports;
    }

    /** The next build has nothing to do if nothing changes until then. */
    private void remember(BuildReport report) throws IOException {
        Path output = application.output();
        FileStates left = LayoutTarget.states(output.resolve("image"), report.image());
        left.look(output.resolve(ReportFiles.DIGEST));
        left.look(output.resolve(ReportFiles.ID));
        for (TransportName target : targets()) {
            Path place = target.place(application.project()).path();
            if (target.transport().equals("oci")) {
                left.addAll(LayoutTarget.states(place, report.image()));
            } else if (!target.isRegistry()) {
                left.look(place);
            }
        }
        byte[] json = ReportFiles.json(report.again(), reference(), settings.tagsOrDefault());
        LastBuild.of(store.root(), application, settings)
                .remember(began, report.again().summary(), json, digests.seen(application.classes()), left);
    }

    /** Layers that are written here, too, are fetched while others are packed. */
    private Optional<FleetLayers> fleet(boolean here) throws IOException {
        Optional<RegistryCache> cache = settings.cache().isEmpty()
                ? Optional.empty()
                : registries.cache(settings.cache().get(), warnings);
        return cache.isEmpty()
                ? Optional.empty()
                : Optional.of(new FleetLayers(cache.get(), store, settings.compression(), here, warnings));
    }

    private List<TransportName> targets() {
        List<TransportName> targets = new ArrayList<>();
        for (String to : settings.to()) {
            targets.add(target(to));
        }
        return targets;
    }

    /** Only Docker itself pushes to names of one word in its registry, so such a name is meant otherwise. */
    private static TransportName target(String to) {
        TransportName name = TransportName.parse(to, "<to>");
        if (name.isRegistry() && to.indexOf('/') < 0) {
            throw new UserError(
                    "'" + to + "' is no place that an image can go to",
                    "<to>",
                    TransportName.meant(to).orElse("write the registry too, as registry.example.com/" + to));
        }
        return name;
    }

    private List<TransportName> registries() {
        List<TransportName> registries = targets();
        registries.removeIf(target -> !target.isRegistry());
        return registries;
    }

    /** The user's own targets on this machine. */
    private List<ImageTarget> archives(Transports transports) {
        List<ImageTarget> archives = new ArrayList<>();
        for (TransportName target : targets()) {
            if (!target.isRegistry()) {
                archives.add(transports.target(
                        target,
                        application.name(),
                        settings.tagsOrDefault(),
                        settings.platforms().size()));
            }
        }
        return archives;
    }

    /** The base, if it is in a registry. */
    private Optional<ImageRef> base() {
        TransportName from = TransportName.parse(settings.from(), "<from>");
        return from.isRegistry() ? Optional.of(from.reference()) : Optional.empty();
    }

    private ImageTarget ownLayout() {
        return LayoutTarget.holding(application.output().resolve("image"), store.blobs(), settings.tagsOrDefault());
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
            return new JdkSource(application.javaHome(), runs, store, digests).load(platform, blobs);
        };
    }

    private String reference() {
        return settings.to().isEmpty()
                ? application.name() + ":" + settings.tagsOrDefault().get(0)
                : settings.to().get(0);
    }
}
