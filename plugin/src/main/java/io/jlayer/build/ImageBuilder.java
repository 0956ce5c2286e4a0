// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Store;
import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.build.BuildReport.PlatformReport;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.Concurrently;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Workers;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Platform;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.transport.ImageRemedies;
import io.jlayer.transport.TransportName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries a plan out: loads the base for each platform, makes the layers side by side, puts them on the base, writes the
 * documents and hands all to the targets. A failure leaves the targets as they were.
 */
public final class ImageBuilder {

    private static final String CREATED_BY = "jlayer";

    private final Store store;
    private final int processors;
    private final Optional<FleetLayers> fleet;

    /**
     * A builder.
     *
     * @param processors how many threads may work at once
     * @param fleet where other machines' layers are found and ours are left for them, if anywhere
     */
    ImageBuilder(Store store, int processors, Optional<FleetLayers> fleet) {
        this.store = store;
        this.processors = processors;
        this.fleet = fleet;
    }

    /**
     * Builds the image, and tells {@code timings} how long each phase took.
     *
     * @throws UserError if the base does not fit the application
     * @throws IOException if something cannot be read, made or written
     */
    public BuildReport build(BuildPlan plan, ImageSource base, List<? extends ImageTarget> targets, Timings timings)
            throws IOException {
        List<Image> images = new ArrayList<>();
        List<List<LayerReport>> layers = new ArrayList<>();
        try (Workers workers = new Workers(processors)) {
            LayerFactory factory = new LayerFactory(store, plan.compression(), workers, fleet);
            for (Platform platform : plan.platforms()) {
                long loading = System.nanoTime();
                Image below = load(plan, base, platform);
                timings.add("base", loading);
                BaseCheck.check(plan, below);
                checkNew(plan, below, images);
                for (Layer layer : below.lowestFirst()) {
                    announce(layer, false, targets);
                }
                long placing = System.nanoTime();
                List<LayerSpec> specs = place(plan, below);
                timings.add("plan", placing);
                long making = System.nanoTime();
                List<LayerFactory.Made> made = makeAll(factory, specs, targets);
                timings.add("layers", making);
                images.add(stack(plan, below, made));
                layers.add(report(plan, below, made));
            }
            ImageDocuments documents = ImageDocuments.of(images, plan.format());
            for (ImageTarget target : targets) {
                long writing = System.nanoTime();
                target.write(documents);
                timings.add("write", writing);
            }
            if (fleet.isPresent()) {
                long sharing = System.nanoTime();
                factory.share();
                timings.add("share", sharing);
            }
            return new BuildReport(documents, report(documents, layers), timings.byPhase(), false, List.of());
        }
    }

    private Image load(BuildPlan plan, ImageSource base, Platform platform) throws IOException {
        try {
            return base.load(platform, store.blobs());
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(plan, e);
        }
    }

    /** A full disk is no fault of the base's. */
    private static UserError unusable(BuildPlan plan, Exception cause) throws IOException {
        if (cause instanceof IOException failure && Reason.isFullDisk(cause)) {
            throw failure;
        }
        String forbidden = Reason.forbiddenFile(cause);
        return new UserError(
                "the base image cannot be used: " + Reason.of(cause),
                "<from>" + plan.from() + "</from>",
                forbidden.isEmpty() ? remedy(plan, cause) : "let the user that runs Maven read " + forbidden,
                cause);
    }

    private static String remedy(BuildPlan plan, Exception cause) {
        if (!plan.from().startsWith("jdk")) {
            return ImageRemedies.forBase()
                    .certain(TransportName.parse(plan.from(), "<from>"), cause)
                    .orElse("correct <from>, or make or fetch anew what it names");
        }
        boolean here = plan.platforms().stream().allMatch(platform -> platform.fit(Platform.HOST) > 0);
        return (here ? "mend that, " : "build for " + Platform.HOST + " alone, ")
                + "or name a base that is an image, as <from>eclipse-temurin:21-jre</from>";
    }

    private static void checkNew(BuildPlan plan, Image base, List<Image> before) {
        for (Image other : before) {
            if (other.platform().equals(base.platform())) {
                throw new UserError(
                        "two of the platforms " + plan.platforms() + " are served by the same base image, for "
                                + base.platform(),
                        "<platforms>",
                        "name only one of the two");
            }
        }
    }

    private List<LayerSpec> place(BuildPlan plan, Image base) throws IOException {
        PlacedLayers layers = new PlacedLayers(plan);
        try {
            return layers.on(base, store);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(plan, e);
        }
    }

    /** Each layer is announced as soon as it is there, so that it can be on its way while others are packed. */
    private List<LayerFactory.Made> makeAll(
            LayerFactory factory, List<LayerSpec> specs, List<? extends ImageTarget> targets) throws IOException {
        return Concurrently.call(
                specs,
                spec -> {
                    LayerFactory.Made made = factory.make(spec);
                    announce(made.layer(), made.state() != LayerFactory.State.REUSED, targets);
                    return made;
                },
                processors);
    }

    private static void announce(Layer layer, boolean isNew, List<? extends ImageTarget> targets) throws IOException {
        for (ImageTarget target : targets) {
            target.expect(layer, isNew);
        }
    }

    private static Image stack(BuildPlan plan, Image base, List<LayerFactory.Made> made) {
        ImageConfig config = ContainerConfig.apply(base.config(), plan.container(), plan.java());
        List<Layer> layers = new ArrayList<>();
        List<History> lines = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            String name = plan.lowestFirst().get(i).spec().name();
            layers.add(made.get(i).layer());
            lines.add(new History(Optional.of(plan.created()), CREATED_BY, name, false));
        }
        Image image = base.withConfig(config.withCreated(plan.created())).append(layers, lines);
        return image.withAnnotations(ManifestAnnotations.of(plan, base));
    }

    private List<LayerReport> report(BuildPlan plan, Image base, List<LayerFactory.Made> made) throws IOException {
        List<LayerReport> reports = new ArrayList<>();
        List<String> names = new BaseNames(store).of(base.config());
        for (int i = 0; i < base.lowestFirst().size(); i++) {
            reports.add(new LayerReport(
                    names.get(i), "base", "base", base.lowestFirst().get(i), Duration.ZERO, Duration.ZERO));
        }
        for (int i = 0; i < made.size(); i++) {
            PlannedLayer planned = plan.lowestFirst().get(i);
            String state = made.get(i).state().lowerCase();
            reports.add(new LayerReport(
                    planned.spec().name(),
                    planned.origin(),
                    state,
                    made.get(i).layer(),
                    made.get(i).digesting(),
                    made.get(i).making()));
        }
        return reports;
    }

    private static List<PlatformReport> report(ImageDocuments documents, List<List<LayerReport>> layers) {
        List<PlatformReport> reports = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            ImageDocuments.Platformed platform = documents.platforms().get(i);
            reports.add(new PlatformReport(
                    platform.image().platform(), platform.descriptor().digest(), List.copyOf(layers.get(i))));
        }
        return reports;
    }
}
