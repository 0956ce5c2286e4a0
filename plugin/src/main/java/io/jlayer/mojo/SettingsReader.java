// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.ExtraLayer;
import io.jlayer.build.ImageSettings;
import io.jlayer.build.Nearest;
import io.jlayer.build.UserError;
import io.jlayer.layer.Compression;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Turns what stands in the goal's fields into settings, and finds the values that cannot be. */
final class SettingsReader {

    /** Needs no registry and fits the Java that built the classes. */
    private static final String DEFAULT_BASE = "jdk:";

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
                goal.to == null ? List.of() : List.copyOf(goal.to.tags),
                platforms(),
                goal.container.toSettings(),
                PomAnnotations.of(goal.project, created.toString(), goal.annotations),
                goal.layering,
                goal.maxLayers == null ? OptionalInt.empty() : OptionalInt.of(goal.maxLayers),
                extraLayers(),
                compression(),
                format(),
                created,
                goal.cache.toSettings(System.getenv()));
    }

    private List<Platform> platforms() {
        if (goal.platforms.isEmpty()) {
            return List.of(Platform.HOST);
        }
        try {
            return goal.platforms.stream().map(Platform::parse).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<platforms>", "write them as linux/amd64,linux/arm64", e);
        }
    }

    private Compression compression() {
        if (!Compression.NAMES.contains(goal.compression)) {
            throw unknown(goal.compression, "compression", Compression.NAMES);
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
            throw unknown(goal.format, "format", names);
        }
        return Format.valueOf(goal.format.toUpperCase(Locale.ROOT));
    }

    private static UserError unknown(String value, String setting, List<String> names) {
        return new UserError(
                "'" + value + "' is not a " + setting,
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
