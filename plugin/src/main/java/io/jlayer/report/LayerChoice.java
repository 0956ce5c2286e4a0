// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.error.UserError;
import io.jlayer.image.VisibleText;
import io.jlayer.inspect.LayerFacts;
import io.jlayer.oci.Digest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which layer is meant by a number, by a digest or diffID, by a name, or by how one of these three begins. */
final class LayerChoice {

    /** More layers no image has; longer numbers are the beginnings of digests. */
    private static final int MOST_DIGITS = 3;

    /** Less of a digest is rather the beginning of a name. */
    private static final int FEWEST_HEX = 4;

    private final List<LayerFacts> layers;
    private final String asked;

    private LayerChoice(List<LayerFacts> layers, String asked) {
        this.layers = layers;
        this.asked = asked;
    }

    /**
     * The layer that is meant.
     *
     * @throws UserError if there is none, or more than one, with those that there are
     */
    static LayerFacts of(List<LayerFacts> layers, String asked) {
        return new LayerChoice(layers, asked.strip()).choose();
    }

    private LayerFacts choose() {
        if (asked.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            int number = Integer.parseInt(asked);
            return one(layers.stream().filter(layer -> layer.number() == number));
        }
        List<LayerFacts> named = which(
                layer -> name(layer).equalsIgnoreCase(asked) || digests(layer).anyMatch(asked::equals));
        if (named.isEmpty() && !asked.isEmpty()) {
            String beginning = asked.toLowerCase(Locale.ROOT);
            named = which(layer -> Stream.concat(Stream.of(name(layer).toLowerCase(Locale.ROOT)), digests(layer))
                    .anyMatch(text -> text.startsWith(beginning)));
        }
        return one(named.stream());
    }

    private List<LayerFacts> which(Predicate<LayerFacts> matches) {
        return layers.stream().filter(matches).toList();
    }

    private static String name(LayerFacts layer) {
        return VisibleText.of(layer.name());
    }

    /** As it is asked for: with their algorithm or without. */
    private Stream<String> digests(LayerFacts layer) {
        Stream<Digest> both = Stream.of(
                layer.layer().descriptor().digest(), layer.layer().diffId().digest());
        return asked.indexOf(':') > 0
                ? both.map(Digest::toString)
                : both.map(Digest::hex).filter(hex -> asked.length() >= FEWEST_HEX);
    }

    private LayerFacts one(Stream<LayerFacts> found) {
        List<LayerFacts> all = found.toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        List<LayerFacts> offered = all.isEmpty() ? layers : all;
        throw new UserError(
                all.isEmpty()
                        ? "there is no layer '" + asked + "'"
                        : all.size() + " layers are meant by '" + asked + "'",
                "-Djlayer.inspect.layer=" + asked,
                offered.isEmpty()
                        ? "the image has none"
                        : "name one of these by its number, digest or name:" + list(offered));
    }

    private static String list(List<LayerFacts> layers) {
        StringBuilder text = new StringBuilder();
        for (LayerFacts layer : layers) {
            text.append("\n  ")
                    .append(Columns.right(String.valueOf(layer.number()), MOST_DIGITS))
                    .append("  ")
                    .append(layer.layer().descriptor().digest().shortHex())
                    .append("  ")
                    .append(InspectLines.shorter(name(layer), InspectLines.WIDTH));
        }
        return text.toString();
    }
}
