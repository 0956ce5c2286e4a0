// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where those hard links of a layer lead whose file does not come before them in it. There are few of them, so the layers
 * are read again for them, instead of all names of all layers being held for all images.
 */
final class HardLinks {

    /** A link that has no file before it in its layer. */
    record Open(LayerPath path, LayerPath target) {}

    private final Map<LayerPath, TarEntry.Type> own;
    private final ImageFiles below;
    private final RootTree links;

    /**
     * Reads layers.
     *
     * @param lowestFirst up to and with the layer that has the links
     * @throws IOException if one cannot be read
     */
    HardLinks(List<Layer> lowestFirst, List<Open> open) throws IOException {
        List<Layer> lower = lowestFirst.subList(0, lowestFirst.size() - 1);
        links = RootTree.of(lowestFirst);
        below = ImageFiles.read(lower);
        own = new HashMap<>();
        for (Open link : open) {
            own.put(link.target(), null);
            own.put(links.resolve(link.target()), null);
        }
        try (LayerReader reader = LayerReader.open(lowestFirst.get(lower.size()).blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                LayerPath path = entry.get().path();
                if (own.containsKey(path)) {
                    own.put(path, entry.get().tar().type());
                }
            }
        }
    }

    /** What is to be said of a link. */
    Finding judge(String where, Open link) {
        LayerPath real = links.resolve(link.target());
        String what = link.path() + " is a hard link to ";
        ImageFiles.Seen seen = below.tree().get(real);
        if (seen != null && !seen.file().isDirectory()) {
            return new Finding(
                    Severity.WARNING,
                    where,
                    what + link.target()
                            + ", which does not come before it in this layer, but in one below: not every client looks there");
        } else if (link.path().equals(link.target())) {
            return new Finding(Severity.ERROR, where, what + "itself");
        }
        TarEntry.Type type = own.get(real);
        boolean root = real.isRoot() || seen != null;
        if (root || type == TarEntry.Type.DIRECTORY) {
            return new Finding(Severity.ERROR, where, what + link.target() + ", which is a directory");
        } else if (type == null) {
            return new Finding(Severity.ERROR, where, what + link.target() + ", which is in no layer");
        } else if (real.equals(link.target())) {
            return new Finding(Severity.ERROR, where, what + link.target() + ", which only comes after it");
        }
        return new Finding(
                Severity.WARNING, where, what + link.target() + ", which is found only by way of a symbolic link");
    }
}
