// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.diff.ComparedImage;
import io.jlayer.diff.ConfigChange;
import io.jlayer.diff.FileChange;
import io.jlayer.diff.FileChange.EntryChange;
import io.jlayer.diff.ImagesDiff;
import io.jlayer.diff.Kind;
import io.jlayer.diff.LayerChange;
import io.jlayer.diff.LayerChange.Placed;
import io.jlayer.diff.PlatformDiff;
import io.jlayer.diff.Why;
import io.jlayer.image.LayerFile;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What differs between two images, for programs: all of it. The members are public API, as those of image.json are. */
public final class DiffJson {

    private DiffJson() {}

    public static void write(ImagesDiff diff, String before, String after, Path file) throws IOException {
        ResultFile.write(file, OciJson.writeIndented(json(diff, before, after)).getBytes(UTF_8));
    }

    static JsonObject json(ImagesDiff diff, String before, String after) {
        return JsonObject.EMPTY
                .with("same", diff.isSame())
                .with("before", json(diff.before(), before))
                .with("after", json(diff.after(), after))
                .with(
                        "platformsGone",
                        diff.gone().stream().map(Platform::toString).toList())
                .with(
                        "platformsAdded",
                        diff.added().stream().map(Platform::toString).toList())
                .with("pushSize", diff.push().size())
                .with("pushBlobs", diff.push().blobs())
                .with("platforms", diff.platforms().stream().map(DiffJson::json).toList());
    }

    private static JsonObject json(Descriptor root, String name) {
        return JsonObject.EMPTY
                .with("name", name)
                .with("digest", root.digest().toString())
                .with("mediaType", root.mediaType().name());
    }

    private static JsonObject json(PlatformDiff diff) {
        return JsonObject.EMPTY
                .with("platform", diff.platform().toString())
                .with("same", diff.isSame())
                .with("samePackedOtherwise", diff.differsInPackingOnly())
                .with("before", json(diff.before()))
                .with("after", json(diff.after()))
                .with("pushSize", diff.traffic().size())
                .with("pushBlobs", diff.traffic().blobs())
                .with("sizeAboveLowestChange", diff.traffic().aboveLowestChange())
                .with("layers", diff.layers().stream().map(DiffJson::json).toList())
                .with("config", diff.config().stream().map(DiffJson::json).toList())
                .with("files", diff.files().stream().map(DiffJson::json).toList());
    }

    private static JsonObject json(ComparedImage image) {
        return JsonObject.EMPTY
                .with("digest", image.manifest().digest().toString())
                .with("imageId", image.config().digest().toString())
                .with("size", image.layersSize())
                .with("layers", image.lowestFirst().size());
    }

    private static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject json(LayerChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind(change.kind()));
        change.before().ifPresent(layer -> json.put("before", json(layer)));
        change.after().ifPresent(layer -> json.put("after", json(layer)));
        return JsonObject.of(json);
    }

    private static JsonObject json(Placed layer) {
        return JsonObject.EMPTY
                .with("number", layer.number())
                .with("name", layer.name())
                .with("digest", layer.layer().descriptor().digest().toString())
                .with("diffId", layer.layer().diffId().toString())
                .with("size", layer.size());
    }

    private static JsonObject json(ConfigChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind(change.kind()));
        json.put("what", change.what());
        if (!change.name().isEmpty()) {
            json.put("name", change.name());
        }
        change.before().ifPresent(value -> json.put("before", value));
        change.after().ifPresent(value -> json.put("after", value));
        return JsonObject.of(json);
    }

    private static JsonObject json(FileChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind(change.kind()));
        json.put("path", change.before().orElseGet(change::latest).path().toString());
        if (change.isOtherVersion()) {
            json.put("newPath", change.latest().path().toString());
        }
        if (!change.why().isEmpty()) {
            json.put("why", change.why().stream().map(Why::lowerCase).toList());
        }
        change.before().ifPresent(file -> json.put("before", json(file)));
        change.after().ifPresent(file -> json.put("after", json(file)));
        if (!change.within().isEmpty()) {
            json.put("within", change.within().stream().map(DiffJson::json).toList());
        }
        return JsonObject.of(json);
    }

    private static JsonObject json(LayerFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", file.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("mode", FileChangeText.mode(file));
        json.put("owner", FileChangeText.owner(file));
        json.put("time", file.metadata().mtime());
        if (file.isRegular()) {
            json.put("size", file.size());
        }
        Optional.of(file.link()).filter(link -> !link.isEmpty()).ifPresent(link -> json.put("link", link));
        file.content().ifPresent(digest -> json.put("digest", digest.toString()));
        return JsonObject.of(json);
    }

    private static JsonObject json(EntryChange entry) {
        return JsonObject.EMPTY
                .with("kind", kind(entry.kind()))
                .with("name", entry.name())
                .with("sizeBefore", entry.sizeBefore())
                .with("sizeAfter", entry.sizeAfter());
    }
}
