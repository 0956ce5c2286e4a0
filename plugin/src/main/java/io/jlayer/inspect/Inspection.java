// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.Image;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.image.LayerName;
import io.jlayer.image.MaskedText;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is to be said of an image.
 *
 * @param subject which image it is
 * @param image the image of the platform that was chosen
 * @param files all of its files
 * @param layers what is to be said of each layer, lowest first
 * @param waste what is in it for nothing
 */
public record Inspection(Subject subject, Image image, ImageFiles files, List<LayerFacts> layers, Waste waste) {

    /**
     * Which image it is.
     *
     * @param name what people call it
     * @param root the index, or the manifest itself where there is none
     * @param manifest the manifest of the platform that was chosen
     * @param others the platforms that the index offers besides, as far as it says so
     */
    public record Subject(String name, Descriptor root, Descriptor manifest, List<Platform> others) {}

    /**
     * What its maker says of a layer.
     *
     * @param name what people call it
     * @param origin what kind of thing it holds
     */
    public record Told(String name, String origin) {}

    /**
     * Looks at an image.
     *
     * @param files the image's
     * @param told what a build said of its layers; for others the history does
     */
    public static Inspection of(Subject subject, Image image, ImageFiles files, Map<Digest, Told> told) {
        List<String> names = LayerName.of(image.config());
        List<JsonObject> history = image.config().layerHistory();
        List<LayerFacts> layers = new ArrayList<>();
        for (int index = 0; index < files.lowestFirst().size(); index++) {
            LayerFiles layer = files.lowestFirst().get(index);
            Digest digest = layer.layer().descriptor().digest();
            layers.add(LayerFacts.of(
                    index + 1, layer, names.get(index), history.get(index), Optional.ofNullable(told.get(digest))));
        }
        return new Inspection(subject, image, files, List.copyOf(layers), Waste.of(files));
    }

    /** What the manifest says besides; secrets are masked. */
    public SortedMap<String, String> annotations() {
        return MaskedText.values(image.annotations());
    }

    /** Bytes of all packed layers. */
    public long packed() {
        return layers.stream().mapToLong(LayerFacts::packed).sum();
    }

    /** Bytes of the content of all files in all layers. */
    public long content() {
        return layers.stream().mapToLong(LayerFacts::content).sum();
    }

    /** Bytes of the files that a container sees; of one with several names once. */
    public long seen() {
        return files.tree().values().stream()
                .mapToLong(seen -> seen.file().storedSize())
                .sum();
    }

    /** The biggest files that a container sees. */
    public List<ImageFiles.Seen> biggest(int atMost) {
        return files.tree().values().stream()
                .filter(seen -> seen.file().type() == TarEntry.Type.FILE)
                .sorted((one, other) -> bySize(one.file(), other.file()))
                .limit(atMost)
                .toList();
    }

    private static int bySize(LayerFile one, LayerFile other) {
        int order = Long.compare(other.size(), one.size());
        return order != 0 ? order : one.path().compareTo(other.path());
    }
}
