// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.Layer;
import io.jlayer.oci.ChainId;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image for one platform.
 *
 * @param config what runs
 * @param lowestFirst the layers, the same that the config names
 * @param annotations of the manifest
 * @param manifest the digest of the manifest that it was read from, byte for byte; empty if it was made or changed here
 */
public record Image(
        ImageConfig config, List<Layer> lowestFirst, SortedMap<String, String> annotations, Optional<Digest> manifest) {

    /**
     * More than this, and Docker's overlay driver refuses the image ("max depth exceeded").
     */
    public static final int MAX_LAYERS = 127;

    /**
     * @throws IllegalArgumentException if config and layers disagree
     */
    public Image {
        lowestFirst = List.copyOf(lowestFirst);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        if (!diffIds(lowestFirst).equals(config.diffIds())) {
            throw new IllegalArgumentException("the config names the diffIDs " + config.diffIds()
                    + " but the layers have "
                    + diffIds(lowestFirst));
        }
    }

    /** An image that was read from no manifest. */
    public Image(ImageConfig config, List<Layer> lowestFirst, SortedMap<String, String> annotations) {
        this(config, lowestFirst, annotations, Optional.empty());
    }

    /** What the layers hold, in their order. */
    static List<DiffId> diffIds(List<Layer> layers) {
        List<DiffId> diffIds = new ArrayList<>();
        for (Layer layer : layers) {
            diffIds.add(layer.diffId());
        }
        return diffIds;
    }

    /** Nothing at all, for a platform. */
    public static Image scratch(Platform platform) {
        return new Image(ImageConfig.empty(platform), List.of(), Collections.emptySortedMap());
    }

    /** This image with one more layer on top. */
    public Image append(Layer layer, History line) {
        return append(List.of(layer), List.of(line));
    }

    /** This image with more layers on top, lowest first, and a line of history for each. */
    public Image append(List<Layer> layers, List<History> lines) {
        List<Layer> more = new ArrayList<>(lowestFirst);
        List<DiffId> diffIds = new ArrayList<>();
        for (Layer layer : layers) {
            more.add(layer);
            diffIds.add(layer.diffId());
        }
        return new Image(config.withLayers(diffIds, lines), more, annotations);
    }

    /** This image with another config, which must name the same layers. */
    public Image withConfig(ImageConfig other) {
        return new Image(other, lowestFirst, annotations);
    }

    public Image withAnnotations(SortedMap<String, String> other) {
        return new Image(config, lowestFirst, other);
    }

    public Platform platform() {
        return config.platform();
    }

    /**
     * The name of what the layers give together.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ChainId chainId() {
        return ChainId.of(config.diffIds());
    }
}
