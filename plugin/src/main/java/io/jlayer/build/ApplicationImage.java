// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.JdkApplication;
import io.jlayer.local.JdkSource;
import io.jlayer.oci.ImageRef;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.ImagePlanner;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.project.ClassFacts;
import io.jlayer.project.ClassPath;
import io.jlayer.project.FileReading;
import io.jlayer.registry.PushReport;
import io.jlayer.registry.RegistryCache;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistryTarget;
import io.jlayer.transport.ImageUse;
import io.jlayer.transport.Registries;
import io.jlayer.transport.RegistryGoal;
import io.jlayer.transport.TransportName;
import io.jlayer.transport.Transports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.codehaus.plexus.util.FileUtils;

/** The image of an application: from what Maven made to {@code target/jlayer}. All goals that need an image share it. */
public final class ApplicationImage {

    private final Store store;
    private final Application application;
    private final ImageSettings settings;
    private final FileDigests digests;
    private final ImagePlanner planner;
    private final Targets targets;
    private final Registries registries;
    private final Consumer<String> warnings;
    private final Consumer<String> hints;
    private final ClassFacts facts;
    private final Instant began = Instant.now();
    private final Timings timings = new Timings();
    private boolean warned;

    /**
     * Looks at the application's classes.
     *
     * @param warnings of what may be wrong; told of any, the next build is made again so that it tells too
     * @param hints told when an image is made, and not when it is found to be there
     * @throws UserError if there are none
     */
    public ApplicationImage(
            Store store,
            Application application,
            ImageSettings settings,
            Registries registries,
            Consumer<String> warnings,
            Consumer<String> hints)
            throws IOException {
        TransportName base = TransportName.parse(settings.from(), "<from>");
        if (base.isRegistry()) {
            RegistryClient.prepare(base.reference());
        }
        this.registries = registries;
        this.store = store;
        this.application = application;
        this.settings = settings;
        this.hints = hints;
        this.warnings = warning -> {
            warned = true;
            warnings.accept(warning);
        };
        this.digests = FileDigests.open(store, application.project());
        if (settings.holdsApplication()
                && application.web().isEmpty()
                && application.runner().isEmpty()) {
            FileReading.readAhead(ClassPath.jars(application), digests);
        }
        this.planner = new ImagePlanner(application, settings, store, digests, this.warnings, hints);
        this.targets = new Targets(application, settings);
        long start = System.nanoTime();
        this.facts = ClassFacts.of(planner.classFiles(), isMainClassLookedFor(), store.records("classes-v3"));
        timings.add("classes", start);
    }

    /** Whether nothing here can be started and nobody said how, in a module that is {@code oneOfMany}. */
    public boolean isLibraryAmongOthers(boolean oneOfMany) throws IOException {
        return oneOfMany
                && isMainClassLookedFor()
                && facts.mainClasses().isEmpty()
                && planner.packagedMainClass(facts).isEmpty();
    }

    /** The class that the POM, and no setting, says is to be started, if it is nowhere on the class path. */
    public Optional<String> missingMainClass() throws IOException {
        return isStartLeftToProject()
                        && application.mainClass().isPresent()
                        && !Files.exists(application.filesForRoot())
                        && planner.missing(application.mainClass().get()).isPresent()
                ? application.mainClass()
                : Optional.empty();
    }

    /** Whether nobody said what is started. */
    private boolean isMainClassLookedFor() {
        return isStartLeftToProject() && application.mainClass().isEmpty();
    }

    /** Whether a class is started, and the settings do not name it. */
    private boolean isStartLeftToProject() {
        return settings.holdsApplication()
                && application.web().isEmpty()
                && application.runner().isEmpty()
                && settings.container().mainClass().isEmpty()
                && settings.container().entrypoint().isEmpty();
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
        if (targets.registries().isEmpty()) {
            throw new UserError(
                    "there is no registry to push to",
                    "<to>",
                    "name an image in a registry: <to><image>registry.example.com/"
                            + ProjectNames.repository(application) + "</image></to>, or -Djlayer.to=...");
        }
        BuildReport report = build(new Places(false, false, true));
        removeOther(report);
        return report;
    }

    /** Where an image goes. */
    private record Places(boolean layout, boolean archives, boolean registries) {}

    /** What an earlier build left is not what {@code image.json} speaks of now. */
    private void removeOther(BuildReport report) throws IOException {
        Path layout = targets.layout();
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
        List<RegistryTarget> pushes = places.registries() ? targets.pushes(transports) : List.of();
        List<ImageTarget> all = new ArrayList<>();
        for (RegistryTarget target : pushes) {
            target.begin(base());
            all.add(new RegistryGoal(target));
        }
        if (places.archives()) {
            all.addAll(targets.archives(transports));
        }
        if (here) {
            // Last, so that it stays what image.json speaks of if another target cannot be written.
            all.add(targets.ownLayout(store));
        }
        ProjectNames.changed(application, settings).ifPresent(hints);
        Files.createDirectories(application.output());
        boolean follows = new BaseWatch(application.project(), digests).watch(settings.from())
                && settings.cache().isEmpty();
        ImageSource named = transports.source(settings.from(), ImageUse.BASE, jdk(plan));
        ImageSource whole = here ? transports.whole(named) : named;
        BuildReport report = new ImageBuilder(store, Runtime.getRuntime().availableProcessors(), fleet(here))
                .build(plan, checked(whole, !pushes.isEmpty()), all, timings)
                .sent(here, reports(pushes));
        ReportFiles.write(report, targets.reference(), settings.tagsOrDefault(), application.output());
        if (here) {
            BuiltImages.of(store, application.output())
                    .add(began, report.image().root());
        }
        digests.save();
        if (follows && here && places.archives() && pushes.isEmpty() && targets.areFiles() && !warned) {
            try {
                remember(report);
            } catch (IOException anotherBuildReplacedIt) {
                // Then there is nothing to remember; the image itself is made.
            }
        }
        return report;
    }

    /** The base, looked at once it is known, whether it serves one platform or several. */
    private ImageSource checked(ImageSource base, boolean pushed) {
        boolean[] told = {!settings.holdsApplication()};
        return (platform, blobs) -> {
            Image image = base.load(platform, blobs);
            if (pushed) {
                targets.checkMayLeave(image);
            }
            Optional<String> warning = told[0] ? Optional.empty() : BaseApplication.warning(settings.from(), image);
            if (warning.isPresent()) {
                warnings.accept(warning.get());
                told[0] = true;
            }
            return image;
        };
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
        byte[] json = ReportFiles.json(report.again(), targets.reference(), settings.tagsOrDefault());
        LastBuild.of(store.root(), application, settings)
                .remember(
                        began,
                        report.again().summary(),
                        json,
                        digests.seen(application.classes()),
                        targets.left(report.image()));
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

    /** The base, if it is in a registry. */
    private Optional<ImageRef> base() {
        TransportName from = TransportName.parse(settings.from(), "<from>");
        return from.isRegistry() ? Optional.of(from.reference()) : Optional.empty();
    }

    private ImageSource jdk(BuildPlan plan) {
        return (platform, blobs) -> {
            JdkApplication runs = RuntimeUse.of(
                    application,
                    settings.holdsApplication(),
                    plan,
                    planner.classFiles().values());
            return new JdkSource(application.javaHome(), runs, store, digests).load(platform, blobs);
        };
    }
}
