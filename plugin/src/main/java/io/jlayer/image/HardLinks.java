// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.NameBudget;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where those hard links of layers lead whose file does not come before them in their layer. There are few of them, so the
 * layers are read again for them, instead of all names of all layers being held for all images: three times each at most,
 * however many have such links. For one image, from its lowest layer up.
 */
final class HardLinks {

    /** A link that has no file before it in its layer. */
    record Open(LayerPath path, LayerPath target) {}

    private final NameBudget names = new NameBudget();
    private final RootTree below = RootTree.empty();
    private final RootTree with = RootTree.empty();
    private final Map<LayerPath, TarEntry.Type> own = new HashMap<>();

    /**
     * Puts the next layer on top, and says what is to be said of its links.
     *
     * @param where what the layer is called
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if links lead in a circle
     */
    List<Finding> next(String where, Layer layer, List<Open> open) throws IOException {
        with.add(layer, names);
        List<Finding> findings = new ArrayList<>();
        if (!open.isEmpty()) {
            look(layer, open);
            for (Open link : open) {
                findings.add(judge(where, link));
            }
        }
        below.add(layer, names);
        return findings;
    }

    /** What is in the layer itself where its links lead. */
    private void look(Layer layer, List<Open> open) throws IOException {
        own.clear();
        for (Open link : open) {
            own.put(link.target(), null);
            own.put(with.resolve(link.target()), null);
        }
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                LayerPath path = entry.get().path();
                if (own.containsKey(path)) {
                    own.put(path, entry.get().tar().type());
                }
            }
        }
    }

    private Finding judge(String where, Open link) {
        LayerPath real = with.resolve(link.target());
        String what = link.path() + " is a hard link to ";
        boolean directoryBelow = below.isDirectory(real);
        if (!directoryBelow && below.holds(real)) {
            return new Finding(
                    Severity.WARNING,
                    where,
                    what + link.target()
                            + ", which does not come before it in this layer, but in one below: not every client looks there");
        } else if (link.path().equals(link.target())) {
            return new Finding(Severity.ERROR, where, what + "itself");
        }
        TarEntry.Type type = own.get(real);
        if (directoryBelow || type == TarEntry.Type.DIRECTORY) {
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
