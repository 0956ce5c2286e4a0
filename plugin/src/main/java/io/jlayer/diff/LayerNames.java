// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.MaskedText;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the layers of an image are called: by their comment in the history, as jlayer names them, or by what made them. */
final class LayerNames {

    private static final int LONGEST = 40;

    /** A library's coordinates are a name, however long. */
    private static final int LONGEST_OWN = 100;

    /** What every line of a Dockerfile begins or ends with, and what {@code ADD} and {@code COPY} change each time. */
    private static final Pattern NOISE = Pattern.compile("^/bin/sh -c (#\\(nop\\) *)?|# buildkit$|file:[0-9a-f]{64}");

    private LayerNames() {}

    /** A name for each layer, lowest first; those that nothing tells apart are called by their numbers. */
    static List<String> of(ImageConfig config) {
        List<String> names = new ArrayList<>();
        for (JsonObject line : config.history()) {
            if (!Boolean.TRUE.equals(line.members().get("empty_layer"))) {
                names.add(name(line, "layer " + (names.size() + 1)));
            }
        }
        int layers = config.diffIds().size();
        if (names.size() == layers) {
            return names;
        }
        List<String> numbers = new ArrayList<>();
        for (int number = 1; number <= layers; number++) {
            numbers.add("layer " + number);
        }
        return numbers;
    }

    /** What a line of history says, or {@code otherwise}. */
    static String name(JsonObject line, String otherwise) {
        String comment = text(line, "comment");
        int longest = "jlayer".equals(text(line, "created_by")) ? LONGEST_OWN : LONGEST;
        if (!comment.isBlank() && comment.length() <= longest && !comment.startsWith("buildkit.")) {
            return comment;
        }
        String maker = NOISE.matcher(text(line, "created_by")).replaceAll("").strip();
        if (maker.isEmpty()) {
            return otherwise;
        }
        return maker.length() <= LONGEST
                ? maker
                : maker.substring(0, LONGEST - 1).strip() + "…";
    }

    /** Whatever else stands there is no name; secrets are masked before anything is cut off, and shown half. */
    private static String text(JsonObject line, String member) {
        return line.members().get(member) instanceof String text ? MaskedText.of(text) : "";
    }

    /** Both names, what they begin with alike only once: {@code byte-buddy 1.17.7 -> 1.17.8}. */
    static String both(String old, String now) {
        if (old.equals(now)) {
            return now;
        }
        int space = old.lastIndexOf(' ') + 1;
        boolean alike = space > 0 && now.length() > space && now.startsWith(old.substring(0, space));
        return old + " -> " + (alike ? now.substring(space) : now);
    }

    /** A name without the version at its end: {@code org.hibernate} of {@code org.hibernate 6.6.33.Final}. */
    static String withoutVersion(String name) {
        int space = name.lastIndexOf(' ');
        boolean version = space > 0 && space + 1 < name.length() && Character.isDigit(name.charAt(space + 1));
        return version ? name.substring(0, space) : name;
    }
}
