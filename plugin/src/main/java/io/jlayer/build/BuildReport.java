// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.image.ImageDocuments;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import io.jlayer.registry.PushReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a build did.
 *
 * @param image what came of it
 * @param platforms what each is made of
 * @param timings how long each phase took, in order
 * @param written whether it was written to {@code target/jlayer/image}
 * @param pushed what each registry got, or had
 */
public record BuildReport(
        ImageDocuments image,
        List<PlatformReport> platforms,
        Map<String, Duration> timings,
        boolean written,
        List<PushReport> pushed) {

    /** What another build would report if nothing changed: everything is there, and nothing takes time. */
    BuildReport again() {
        List<PlatformReport> again = new ArrayList<>();
        for (PlatformReport platform : platforms) {
            List<LayerReport> layers = new ArrayList<>();
            for (LayerReport layer : platform.lowestFirst()) {
                layers.add(layer.again());
            }
            again.add(new PlatformReport(platform.platform(), platform.digest(), layers));
        }
        return new BuildReport(image, again, Map.of(), written, List.of());
    }

    /** In the words that people read. */
    public BuildSummary summary() {
        return BuildSummary.of(this);
    }

    /** The same, having gone to these places. */
    BuildReport sent(boolean here, List<PushReport> reports) {
        return new BuildReport(image, platforms, timings, here, List.copyOf(reports));
    }

    /**
     * One platform's image.
     *
     * @param platform which
     * @param digest of its manifest
     * @param lowestFirst its layers
     */
    public record PlatformReport(Platform platform, Digest digest, List<LayerReport> lowestFirst) {}

    /**
     * One layer.
     *
     * @param name what people call it
     * @param origin what kind of thing it holds; {@code base} for the base's
     * @param state {@code base}, {@code built}, {@code reused} or {@code shared}
     * @param layer the layer itself
     * @param digesting how long it took to know what it holds
     * @param making how long it took to find it or to pack it; layers are made side by side, so that these add up to more
     *     than passed
     */
    public record LayerReport(
            String name, String origin, String state, Layer layer, Duration digesting, Duration making) {

        private static final String BASE = "base";

        LayerReport again() {
            String reused = LayerFactory.State.REUSED.lowerCase();
            return new LayerReport(
                    name, origin, state.equals(BASE) ? BASE : reused, layer, Duration.ZERO, Duration.ZERO);
        }
    }
}
