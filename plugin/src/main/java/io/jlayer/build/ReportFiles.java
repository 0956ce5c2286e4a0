// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.AtomicFile;
import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.build.BuildReport.PlatformReport;
import io.jlayer.error.Reason;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.registry.PushReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a build tells machines: {@code image.json}, {@code image.digest} and {@code image.id}. The members of
 * {@code image.json} are public API: they may be added to, and never change their meaning.
 */
public final class ReportFiles {

    static final String REPORT = "image.json";
    static final String DIGEST = "image.digest";
    static final String ID = "image.id";

    private ReportFiles() {}

    /** Writes the three files, each at once or not at all; one that would be the same is left alone. */
    public static void write(BuildReport report, String reference, List<String> tags, Path directory)
            throws IOException {
        Files.createDirectories(directory);
        replace(directory.resolve(REPORT), json(report, reference, tags));
        replace(
                directory.resolve(DIGEST),
                report.image().root().digest().toString().getBytes(UTF_8));
        replace(directory.resolve(ID), imageId(report.image()).getBytes(UTF_8));
    }

    /** What stands in {@code image.json}. */
    static byte[] json(BuildReport report, String reference, List<String> tags) {
        return OciJson.writeIndented(toJson(report, reference, tags)).getBytes(UTF_8);
    }

    /** The digest of the config, by which engines know an image; of the first platform where there are several. */
    private static String imageId(ImageDocuments image) {
        return image.platforms().get(0).manifest().config().digest().toString();
    }

    private static JsonObject toJson(BuildReport report, String reference, List<String> tags) {
        Descriptor root = report.image().root();
        List<JsonObject> platforms = new ArrayList<>();
        for (PlatformReport platform : report.platforms()) {
            platforms.add(json(platform));
        }
        List<JsonObject> pushed = new ArrayList<>();
        for (PushReport push : report.pushed()) {
            pushed.add(json(push));
        }
        return JsonObject.EMPTY
                .with("reference", reference)
                .with("tags", tags)
                .with("digest", root.digest().toString())
                .with("imageId", imageId(report.image()))
                .with("mediaType", root.mediaType().name())
                .with("size", report.image().size())
                .with("platforms", platforms)
                .with("pushed", pushed)
                .with("timings", timings(report));
    }

    private static JsonObject timings(BuildReport report) {
        JsonObject timings = JsonObject.EMPTY;
        for (Map.Entry<String, Duration> timing : report.timings().entrySet()) {
            timings = timings.with(timing.getKey() + "Millis", timing.getValue().toMillis());
        }
        List<JsonObject> layers = new ArrayList<>();
        for (PlatformReport platform : report.platforms()) {
            for (LayerReport layer : platform.lowestFirst()) {
                if (!layer.making().isZero()) {
                    Map<String, Object> timing = new LinkedHashMap<>();
                    timing.put("name", layer.name());
                    timing.put("platform", platform.platform().toString());
                    timing.put("digestingMillis", layer.digesting().toMillis());
                    timing.put("makingMillis", layer.making().toMillis());
                    layers.add(JsonObject.of(timing));
                }
            }
        }
        return layers.isEmpty() ? timings : timings.with("layers", layers);
    }

    private static JsonObject json(PushReport push) {
        return JsonObject.EMPTY
                .with("image", push.image().registry() + "/" + push.image().repository())
                .with("tags", push.tags())
                .with("digest", push.digest().toString())
                .with("bytesSent", push.bytesSent())
                .with("blobsSent", push.sent())
                .with("blobsMounted", push.mounted())
                .with("blobsPresent", push.present());
    }

    private static JsonObject json(PlatformReport platform) {
        List<JsonObject> layers = new ArrayList<>();
        for (LayerReport layer : platform.lowestFirst()) {
            layers.add(json(layer));
        }
        return JsonObject.EMPTY
                .with("platform", platform.platform().toString())
                .with("digest", platform.digest().toString())
                .with("layers", layers);
    }

    private static JsonObject json(LayerReport report) {
        Layer layer = report.layer();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", report.name());
        json.put("digest", layer.descriptor().digest().toString());
        json.put("diffId", layer.diffId().toString());
        json.put("mediaType", layer.descriptor().mediaType().name());
        json.put("size", layer.descriptor().size());
        if (layer.tarSize().isPresent()) {
            json.put("tarSize", layer.tarSize().getAsLong());
        }
        json.put("origin", report.origin());
        json.put("state", report.state());
        return JsonObject.of(json);
    }

    /** Writes a file at once or not at all; one that would be the same is left alone. */
    static void replace(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        try {
            AtomicFile.write(file, content, AtomicFile.Sync.NONE);
        } catch (IOException e) {
            // Java may say that there is no space, and not where.
            throw Reason.isFullDisk(e) ? new IOException("write " + file + ": " + Reason.of(e), e) : e;
        }
    }
}
