// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.layer.Compression;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.transport.CacheSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * What the user asked for, read and checked.
 *
 * @param from the base
 * @param to targets besides {@code target/jlayer/image}
 * @param forcePush whether an image may be pushed that had better stay on this machine
 * @param tags names of the image, as far as the user gave any
 * @param platforms what it is for; at least one
 * @param container how it is run
 * @param annotations of the manifest
 * @param layering how dependencies are split, by name
 * @param maxLayers how many layers they may take, if said
 * @param classes how the project's own classes are in the image
 * @param extraLayers anything else for the image
 * @param compression of layers
 * @param format of documents
 * @param created the image's date
 * @param cache where a fleet shares its layers, if anywhere
 */
public record ImageSettings(
        String from,
        List<String> to,
        boolean forcePush,
        List<String> tags,
        List<Platform> platforms,
        ContainerSettings container,
        SortedMap<String, String> annotations,
        String layering,
        OptionalInt maxLayers,
        OwnClasses classes,
        List<ExtraLayer> extraLayers,
        Compression compression,
        Format format,
        Instant created,
        Optional<CacheSettings> cache) {

    /** The layering of images in which nothing of the project's is: what is to be there, other plugins have made. */
    public static final String NO_APPLICATION = "none";

    private static final String DEFAULT_TAG = "latest";

    /** Whether there is anything of the project itself in the image, or just what stands in {@code <layers>}. */
    public boolean holdsApplication() {
        return !layering.equals(NO_APPLICATION);
    }

    /** The tags, or the one that an image has where nobody named any. */
    public List<String> tagsOrDefault() {
        return tags.isEmpty() ? List.of(DEFAULT_TAG) : tags;
    }
}
