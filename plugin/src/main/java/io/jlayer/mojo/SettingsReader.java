// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.layer.Compression;
import io.jlayer.maven.CreatedTime;
import io.jlayer.maven.PomAnnotations;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import io.jlayer.oci.Rfc3339;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.plan.ImageSettings;
import io.jlayer.plan.OwnClasses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Turns what stands in the goal's fields into settings, and finds the values that cannot be. */
final class SettingsReader {

    /** Needs no registry and fits the Java that built the classes. */
    private static final String DEFAULT_BASE = "jdk:";

    /** Go's words, as the specification wants them. */
    private static final List<String> SYSTEMS = List.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd");

    private static final List<String> PROCESSORS = List.of(
            "amd64",
            "arm64",
            "arm",
            "386",
            "ppc64le",
            "s390x",
            "riscv64",
            "loong64",
            "mips64le",
            "mipsle",
            "ppc64",
            "mips64",
            "mips",
            "wasm");

    private static final List<String> CLASSES = List.of("auto", "files", "jar", "packaged");

    private final JlayerMojo goal;

    SettingsReader(JlayerMojo goal) {
        this.goal = goal;
    }

    ImageSettings read() {
        Instant created = CreatedTime.of(goal.container.created, goal.properties(), System.getenv());
        return new ImageSettings(
                goal.from == null ? DEFAULT_BASE : goal.from.strip(),
                List.copyOf(goal.targets()),
                goal.push.force,
                tags(),
                platforms(),
                goal.container.toSettings(),
                PomAnnotations.of(goal.project, Rfc3339.text(created), goal.annotations),
                goal.layering,
                goal.maxLayers == null ? OptionalInt.empty() : OptionalInt.of(goal.maxLayers),
                classes(),
                extraLayers(),
                compression(),
                format(),
                created,
                goal.cache.toSettings(System.getenv()));
    }

    private OwnClasses classes() {
        if (!CLASSES.contains(goal.classes)) {
            throw unknown(goal.classes, "form of classes", "classes", CLASSES);
        }
        return OwnClasses.valueOf(goal.classes.toUpperCase(Locale.ROOT));
    }

    private List<Platform> platforms() {
        List<Platform> named = namedPlatforms();
        return named.isEmpty() ? List.of(Platform.HOST) : named;
    }

    /** Those that the user names; empty if there are none. */
    List<Platform> namedPlatforms() {
        try {
            Set<Platform> platforms = new LinkedHashSet<>();
            for (String platform : goal.platforms) {
                platforms.add(known(Platform.parse(platform)));
            }
            return List.copyOf(platforms);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<platforms>", "write them as linux/amd64,linux/arm64", e);
        }
    }

    /** A slip here would give an image that nothing runs. */
    private static Platform known(Platform platform) {
        if (!SYSTEMS.contains(platform.os())) {
            throw unknown(platform.os(), "operating system", "platforms", SYSTEMS);
        } else if (!PROCESSORS.contains(platform.architecture())) {
            throw unknown(platform.architecture(), "processor", "platforms", PROCESSORS);
        }
        return platform;
    }

    private List<String> tags() {
        if (goal.to == null) {
            return List.of();
        }
        for (String tag : goal.to.tags) {
            if (!ImageRef.isTag(String.valueOf(tag))) {
                throw new UserError(
                        "'" + tag + "' is not a tag",
                        "<to><tags>",
                        "use letters, digits, '.', '_' and '-', at most 128, the first a letter, a digit or '_'");
            }
        }
        return List.copyOf(new LinkedHashSet<>(goal.to.tags));
    }

    private Compression compression() {
        if (!Compression.NAMES.contains(goal.compression)) {
            throw unknown(goal.compression, "compression", "compression", Compression.NAMES);
        }
        if (goal.compression.equals("zstd") && goal.format.equals("docker")) {
            goal.getLog()
                    .warn("format docker with compression zstd: Docker's own format has no such layers, and many"
                            + " engines refuse them; use format oci, or gzip");
        }
        Compression compression = Compression.named(goal.compression);
        try {
            return goal.compressionLevel == null ? compression : compression.withLevel(goal.compressionLevel);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<compressionLevel>", "choose one of those, or leave it out", e);
        }
    }

    private Format format() {
        List<String> names = List.of("oci", "docker");
        if (!names.contains(goal.format)) {
            throw unknown(goal.format, "format", "format", names);
        }
        return Format.valueOf(goal.format.toUpperCase(Locale.ROOT));
    }

    private static UserError unknown(String value, String kind, String setting, List<String> names) {
        return new UserError(
                "there is no " + kind + " '" + value + "'",
                "<" + setting + ">",
                Nearest.suggest(value, names)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("choose one of " + String.join(", ", names)));
    }

    private List<ExtraLayer> extraLayers() {
        List<ExtraLayer> layers = new ArrayList<>();
        for (LayerParameters layer : goal.layers) {
            layers.add(layer.toExtraLayer(layers.size() + 1));
        }
        return layers;
    }
}
