// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What runs, and on which layers. Wraps the document itself: whatever a base's config says that is not known here
 * (health checks, shells, what a later specification adds) is kept as it is.
 *
 * <p>The members of the inner {@code config} object, such as {@code Entrypoint}, are reached through
 * {@link #execution()}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md">config.md</a>
 */
public record ImageConfig(JsonObject json) {

    /** Where engines look for a program in an image that names no PATH. */
    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** A config with no layers and nothing to run. */
    public static ImageConfig empty(Platform platform) {
        return new ImageConfig(JsonObject.EMPTY
                .with("architecture", platform.architecture())
                .withUnlessEmpty("variant", platform.variant())
                .with("os", platform.os())
                .with("config", JsonObject.EMPTY)
                .with("rootfs", JsonObject.EMPTY.with("type", "layers").with("diff_ids", List.of())));
    }

    /**
     * Reads a config.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ImageConfig parse(byte[] document) {
        ImageConfig config = new ImageConfig(OciJson.parse(document));
        // Read once, so that what is broken is found here and not in the middle of a build.
        config.platform();
        config.diffIds();
        config.execution();
        config.json.objects("history");
        return config;
    }

    /**
     * What the image runs on.
     *
     * @throws IllegalArgumentException if the config does not say it
     */
    public Platform platform() {
        if (json.requiredText("os").isEmpty()
                || json.requiredText("architecture").isEmpty()) {
            throw new IllegalArgumentException("the config does not say what the image runs on: its os is '"
                    + json.requiredText("os") + "' and its architecture '" + json.requiredText("architecture") + "'");
        }
        return new Platform(
                json.requiredText("os"),
                json.requiredText("architecture"),
                json.text("variant").orElse(""));
    }

    /** The layers' diffIDs, lowest first. */
    public List<DiffId> diffIds() {
        List<DiffId> diffIds = new ArrayList<>();
        for (String diffId : json.object("rootfs").orElse(JsonObject.EMPTY).texts("diff_ids")) {
            diffIds.add(DiffId.parse(diffId));
        }
        return diffIds;
    }

    /** The history as it stands, oldest first. */
    public List<JsonObject> history() {
        return json.objects("history");
    }

    /**
     * The line of history of each layer, lowest first; lines without words where the history does not tell which line
     * belongs to which layer.
     */
    public List<JsonObject> layerHistory() {
        List<JsonObject> lines = new ArrayList<>();
        for (JsonObject line : history()) {
            if (isOfLayer(line)) {
                lines.add(line);
            }
        }
        int layers = diffIds().size();
        return lines.size() == layers ? lines : Collections.nCopies(layers, JsonObject.EMPTY);
    }

    /** What is neither true nor false counts as false: it keeps nobody from using the image. */
    private static boolean isOfLayer(JsonObject line) {
        return !Boolean.TRUE.equals(line.members().get("empty_layer"));
    }

    /** The inner {@code config} object: how a container of this image is run. */
    public JsonObject execution() {
        return json.object("config").orElse(JsonObject.EMPTY);
    }

    /**
     * When the image was made, if it says so.
     *
     * @throws IllegalArgumentException if it says something that is no time
     */
    public Optional<Instant> created() {
        try {
            return json.text("created").map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'created' is no time: " + e.getMessage(), e);
        }
    }

    public ImageConfig withExecution(JsonObject execution) {
        return new ImageConfig(json.with("config", execution));
    }

    public ImageConfig withCreated(Instant created) {
        return new ImageConfig(json.with("created", Rfc3339.text(created)));
    }

    /** This config with more layers on top, lowest first, and a line of history for each. */
    public ImageConfig withLayers(List<DiffId> more, List<History> lines) {
        JsonObject rootfs = json.object("rootfs").orElse(JsonObject.EMPTY.with("type", "layers"));
        List<String> diffIds = new ArrayList<>(rootfs.texts("diff_ids"));
        for (DiffId diffId : more) {
            diffIds.add(diffId.toString());
        }
        List<JsonObject> history = new ArrayList<>(completeHistory());
        for (History line : lines) {
            history.add(line.toJson());
        }
        return new ImageConfig(
                json.with("rootfs", rootfs.with("diff_ids", diffIds)).with("history", history));
    }

    /**
     * The history with a line for each layer: where a base has fewer (some have none), lines without words stand in, so
     * that the lines that follow belong to the right layers.
     */
    private List<JsonObject> completeHistory() {
        List<JsonObject> history = new ArrayList<>(history());
        int missing = diffIds().size();
        for (JsonObject line : history) {
            missing -= isOfLayer(line) ? 1 : 0;
        }
        for (; missing > 0; missing--) {
            history.add(JsonObject.EMPTY.with("comment", "no history in the base image"));
        }
        return history;
    }

    /** The bytes that are stored and hashed; their digest is the image's id. */
    public byte[] toBytes() {
        return json.toString().getBytes(UTF_8);
    }
}
