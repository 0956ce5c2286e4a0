// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the two images, for one platform.
 *
 * @param manifest what points to its manifest
 * @param config what points to its config, whose digest is the image's id
 * @param image what it is
 */
public record ComparedImage(Descriptor manifest, Descriptor config, Image image) {

    public List<Layer> lowestFirst() {
        return image.lowestFirst();
    }

    /** Bytes of the layers, packed. */
    public long layersSize() {
        return lowestFirst().stream()
                .mapToLong(layer -> layer.descriptor().size())
                .sum();
    }

    /** All that a registry keeps of it, each blob once. */
    Map<Digest, Long> blobs() {
        Map<Digest, Long> sizes = new LinkedHashMap<>();
        sizes.put(manifest.digest(), manifest.size());
        sizes.put(config.digest(), config.size());
        for (Layer layer : lowestFirst()) {
            sizes.put(layer.descriptor().digest(), layer.descriptor().size());
        }
        return sizes;
    }

    /** Whether both hold the same files by the same layers, however those are packed. */
    boolean hasSameLayers(ComparedImage other) {
        return image.config().diffIds().equals(other.image.config().diffIds());
    }
}
