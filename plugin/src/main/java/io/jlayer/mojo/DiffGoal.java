// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuiltImages;
import io.jlayer.build.BuiltImages.Built;
import io.jlayer.diff.ImageComparison;
import io.jlayer.diff.ImagesDiff;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.RawImage;
import io.jlayer.image.StoredImage;
import io.jlayer.image.VisibleText;
import io.jlayer.oci.Platform;
import io.jlayer.report.DiffJson;
import io.jlayer.report.DiffLines;
import io.jlayer.transport.ImageRemedies;
import io.jlayer.transport.Registries;
import io.jlayer.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code jlayer:diff} does. */
final class DiffGoal {

    private static final String WITH = "-Djlayer.diff.with";
    private static final String IMAGE = "-Djlayer.image";
    private static final String SAME = "<diff><same>, or -Djlayer.diff.same";

    private final DiffMojo goal;
    private final Workbench bench;

    DiffGoal(DiffMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        if (goal.image != null && goal.diff.with == null) {
            throw new UserError(
                    "it is not said what " + goal.image + " is to be compared with",
                    IMAGE,
                    "name the old image: " + WITH + "=oci-archive:FILE, or another image's name");
        }
        OutputFile.check(goal.diff.json, "<diff><json>, or -Djlayer.diff.json");
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        if (goal.image != null) {
            compare(store, goal.image, goal.diff.with);
            return;
        }
        Optional<Path> output = build(store);
        if (output.isPresent()) {
            compareOwn(store, output.get());
        }
    }

    /** Builds this project's image where it is out of date, and says where it is. */
    private Optional<Path> build(Store store) throws IOException {
        Optional<ProjectImage> image = bench.projectImage();
        if (image.isEmpty()) {
            return Optional.empty();
        }
        checkIsAnother(image.get().application().output().resolve("image"));
        boolean there = image.get().unchanged().isPresent();
        if (!there && image.get().build(store, ApplicationImage::buildHere).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(image.get().application().output());
    }

    /** What this build is to replace cannot be compared with it afterwards. */
    private void checkIsAnother(Path own) {
        String with = goal.diff.with == null ? "" : goal.diff.with;
        if (!with.startsWith("oci:")) {
            return;
        }
        String place = with.substring("oci:".length());
        int colon = place.lastIndexOf(':');
        String withoutTag = colon < 0 ? place : place.substring(0, colon);
        for (String written : List.of(place, withoutTag)) {
            if (FileNames.resolve(goal.directory(), written).normalize().equals(own)) {
                throw new UserError(
                        "this build replaces " + with,
                        WITH,
                        "leave it out, to compare with the build before; or keep a copy first: mvn jlayer:save"
                                + " -Djlayer.save.file=before.tar");
            }
        }
    }

    private void compareOwn(Store store, Path output) throws IOException {
        String image = "oci:" + output.resolve("image");
        if (goal.diff.with != null) {
            compare(store, image, goal.diff.with);
            return;
        }
        try (Registries registries = bench.registries();
                RawImage now = open(transports(store, registries), image, IMAGE)) {
            BuiltImages images = BuiltImages.of(store, output);
            Optional<Built> before = goal.diff.same
                    ? images.lastBefore(goal.session.getStartTime().toInstant())
                    : images.lastOtherThan(now.root().digest());
            if (before.isPresent()) {
                checkIsThere(store, before.get());
                RawImage old = new StoredImage(before.get().root(), store.blobs());
                compare(store, old, "the build of " + time(before.get()), now, "this build");
            } else if (goal.diff.same) {
                throw new UserError(
                        "there is no earlier build to compare this one with",
                        SAME,
                        "build twice, as mvn clean package jlayer:build and then mvn clean package jlayer:diff, or name an image: "
                                + WITH + "=oci-archive:FILE");
            } else {
                goal.getLog()
                        .info("Nothing to compare with: the store remembers no other image that was built here before "
                                + now.root().digest() + ". Any image can be named by " + WITH + "=NAME"
                                + (goal.diff.json == null ? "" : ". " + goal.diff.json + " was not written"));
            }
        }
    }

    private static Instant time(Built built) {
        return built.since().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void checkIsThere(Store store, Built built) throws IOException {
        if (!store.blobs().contains(built.root().digest())) {
            throw new UserError(
                    "what was built " + time(built) + ", " + built.root().digest() + ", is no more in the store",
                    "",
                    "name what to compare with: " + WITH + "=oci-archive:FILE, or another image's name");
        }
    }

    private void compare(Store store, String after, String before) throws IOException {
        try (Registries registries = bench.registries()) {
            Transports transports = transports(store, registries);
            try (RawImage old = open(transports, before, WITH);
                    RawImage now = open(transports, after, IMAGE)) {
                compare(store, old, before, now, goal.image == null ? "this build" : after);
            }
        }
    }

    private Transports transports(Store store, Registries registries) throws IOException {
        Path directory = goal.directory();
        return new Transports(store, FileDigests.open(store, directory), directory, registries, bench.warnings());
    }

    private RawImage open(Transports transports, String name, String where) throws IOException {
        try {
            return transports.open(name, where);
        } catch (IOException e) {
            throw ImageRemedies.in(goal.directory())
                    .unusable("there is no image to compare", where + "=" + name, name, e);
        }
    }

    /** A full disk is no fault of the image's. */
    private UserError uncomparable(IOException cause) throws IOException {
        if (Reason.isFullDisk(cause)) {
            throw cause;
        }
        List<String> names = Stream.of(goal.image, goal.diff.with)
                .filter(name -> name != null)
                .toList();
        return new UserError(
                "the images cannot be compared: " + Reason.of(cause),
                "",
                ImageRemedies.ofAny(names, cause).orElse("make the one that is broken again, or name another"),
                cause);
    }

    private void compare(Store store, RawImage before, String old, RawImage after, String now) throws IOException {
        ImagesDiff diff = diff(store, before, after);
        new DiffLines(goal.getLog()).show(diff, old, now);
        if (goal.diff.json != null) {
            DiffJson.write(diff, old, now, FileNames.of(goal.diff.json.getPath()));
        }
        if (goal.diff.same && !diff.isSame()) {
            throw new UserError(
                    "the images differ",
                    SAME,
                    "what differs stands above"
                            + (goal.diff.jars ? "" : "; -Djlayer.diff.jars looks into jars, too")
                            + (goal.diff.json == null ? "; -Djlayer.diff.json=FILE has all of it" : ""));
        }
    }

    private ImagesDiff diff(Store store, RawImage before, RawImage after) throws IOException {
        Optional<Path> jars = goal.diff.jars ? Optional.of(store.root().resolve("tmp")) : Optional.empty();
        List<Platform> wanted = new SettingsReader(goal).namedPlatforms();
        Optional<Platform> preferred = goal.image == null ? Optional.empty() : Optional.of(Platform.HOST);
        try {
            return new ImageComparison(store.blobs(), jars).compare(before, after, wanted, preferred);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    VisibleText.of(e.getMessage()),
                    "<platforms>, or -Djlayer.platforms",
                    "name one that both images are for",
                    e);
        } catch (IOException e) {
            throw uncomparable(e);
        }
    }
}
