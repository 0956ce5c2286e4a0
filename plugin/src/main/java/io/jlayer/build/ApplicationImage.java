// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.JdkApplication;
import io.jlayer.local.JdkSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The image of an application: from what Maven made to {@code target/jlayer}. All goals that need an image share it. */
public final class ApplicationImage {

    private final Store store;
    private final Application application;
    private final ImageSettings settings;
    private final FileDigests digests;
    private final ImagePlanner planner;
    private final Consumer<String> warnings;
    private final ClassFacts facts;

    /**
     * Looks at the application's classes.
     *
     * @throws UserError if there are none
     */
    public ApplicationImage(Store store, Application application, ImageSettings settings, Consumer<String> warnings)
            throws IOException {
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

    /** Builds the image, writes it to {@code target/jlayer} and to all targets that the user named. */
    public BuildReport build() throws IOException {
        BuildPlan plan = planner.plan(facts);
        Transports transports = new Transports(store, digests, application.project(), warnings);
        ImageSource base = transports.source(settings.from(), jdk());
        List<ImageTarget> targets = new ArrayList<>();
        for (String to : settings.to()) {
            targets.add(transports.target(
                    to,
                    application.name(),
                    settings.tags(),
                    settings.platforms().size()));
        }
        // Last, so that it stays what image.json speaks of if another target cannot be written.
        targets.add(LayoutTarget.holding(application.output().resolve("image"), store.blobs(), settings.tags()));
        BuildReport report =
                new ImageBuilder(store, Runtime.getRuntime().availableProcessors()).build(plan, base, targets);
        ReportFiles.write(report, reference(), settings.tags(), application.output());
        digests.save();
        return report;
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
                ? application.name() + ":" + settings.tags().get(0)
                : settings.to().get(0);
    }
}
