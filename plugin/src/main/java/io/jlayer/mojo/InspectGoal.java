// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuildReport;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageFiles;
import io.jlayer.inspect.Inspection;
import io.jlayer.inspect.InspectionPage;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import io.jlayer.report.FileText;
import io.jlayer.report.InspectLines;
import io.jlayer.report.PathLines;
import io.jlayer.report.ResultFile;
import io.jlayer.report.TarLines;
import io.jlayer.transport.ImageRemedies;
import io.jlayer.transport.OpenedImage;
import io.jlayer.transport.Registries;
import io.jlayer.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code jlayer:inspect} does. */
final class InspectGoal {

    private final InspectMojo goal;
    private final Workbench bench;

    InspectGoal(InspectMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    /**
     * Which image is shown.
     *
     * @param transport where it is
     * @param called what the user calls it
     * @param told what the build said of its layers
     */
    private record Shown(String transport, String called, Map<Digest, Inspection.Told> told) {}

    void run() throws IOException {
        goal.inspect.check();
        Optional<Platform> platform = platform();
        try (Store store = bench.store()) {
            run(store, platform);
        }
    }

    private void run(Store store, Optional<Platform> platform) throws IOException {
        Optional<Shown> shown =
                goal.image != null ? Optional.of(new Shown(goal.image, goal.image, Map.of())) : ownImage(store);
        if (shown.isPresent()) {
            open(store, shown.get(), platform);
        }
    }

    /** Of an image that is there already; this project's is built for those that the setting names. */
    private Optional<Platform> platform() {
        if (goal.image == null || goal.platforms.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Platform.parse(goal.platforms.get(0)));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<platforms>", "write one, as linux/arm64", e);
        }
    }

    private Optional<Shown> ownImage(Store store) throws IOException {
        return bench.projectImage(store, ApplicationImage::buildHere)
                .map(built -> new Shown(
                        "oci:" + built.application().output().resolve("image"),
                        built.application().name(),
                        told(built.report())));
    }

    private static Map<Digest, Inspection.Told> told(BuildReport report) {
        Map<Digest, Inspection.Told> told = new HashMap<>();
        for (BuildReport.PlatformReport platform : report.platforms()) {
            for (BuildReport.LayerReport layer : platform.lowestFirst()) {
                told.put(layer.layer().descriptor().digest(), new Inspection.Told(layer.name(), layer.origin()));
            }
        }
        return told;
    }

    private void open(Store store, Shown shown, Optional<Platform> platform) throws IOException {
        Path directory = goal.directory();
        try (Registries registries = bench.registries();
                OpenedImage opened = OpenedImage.open(
                        new Transports(
                                store, FileDigests.open(store, directory), directory, registries, bench.warnings()),
                        store,
                        shown.transport(),
                        platform,
                        ImageRemedies.in(directory))) {
            Inspection.Subject subject =
                    new Inspection.Subject(shown.called(), opened.root(), opened.manifest(), opened.others());
            ImageFiles files = read(opened.image(), shown);
            show(Inspection.of(subject, opened.image(), files, shown.told()));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "the image says what no image may: " + e.getMessage(), shown.called(), "make it again", e);
        }
    }

    private ImageFiles read(Image image, Shown shown) throws IOException {
        try {
            return ImageFiles.read(image.lowestFirst());
        } catch (IOException e) {
            throw ImageRemedies.in(goal.directory())
                    .unusable("the image cannot be read", shown.called(), shown.transport(), e);
        }
    }

    private void show(Inspection inspection) throws IOException {
        InspectParameters asked = goal.inspect;
        if (asked.layer != null) {
            new TarLines(goal.getLog()).show(inspection, asked.layer);
        } else if (asked.path != null) {
            new PathLines(goal.getLog(), inspection).show(asked.path);
        } else if (asked.file != null) {
            new FileText(goal.getLog(), inspection.files()).show(asked.file, Optional.ofNullable(asked.save));
        } else {
            new InspectLines(goal.getLog(), inspection).show();
        }
        if (asked.html != null || !asked.asks()) {
            write(inspection, asked.html != null ? asked.html.toPath() : usualPage());
        }
    }

    private Path usualPage() {
        return goal.project.getFile() == null
                ? goal.directory().resolve("jlayer-inspect.html")
                : Path.of(goal.project.getBuild().getDirectory()).resolve("jlayer/inspect.html");
    }

    private void write(Inspection inspection, Path file) throws IOException {
        ResultFile.write(file, InspectionPage.of(inspection));
        Path directory = goal.directory();
        goal.getLog()
                .info("All of it, to open in a browser: "
                        + (file.startsWith(directory) ? directory.relativize(file) : file));
    }
}
