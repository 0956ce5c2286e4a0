// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What people call the layers of an image, whoever made it: by their comment in the history, as jlayer names its own, or by
 * what made them. Secrets are masked.
 */
public final class LayerName {

    /** What is longer is a text and no name. */
    private static final int LONGEST = 40;

    /** A library's coordinates are a name, however long. */
    private static final int LONGEST_OWN = 100;

    /** Written by jlayer as what made a layer; the comment is then its name. */
    private static final String JLAYER = "jlayer";

    /** What all lines of Dockerfiles begin with. */
    private static final List<String> FRONTS = List.of("RUN ", "/bin/sh -c ", "#(nop) ");

    private static final String BUILDKIT = "# buildkit";
    private static final String CONTENT = "file:";
    private static final int HEX = 64;

    private LayerName() {}

    /** A name for each layer, lowest first; those that nothing tells apart are called by their numbers. */
    public static List<String> of(ImageConfig config) {
        List<String> names = new ArrayList<>();
        for (JsonObject line : config.layerHistory()) {
            names.add(of(line, "layer " + (names.size() + 1)));
        }
        return names;
    }

    /** What a line of history is called, or {@code otherwise}. */
    public static String of(JsonObject line, String otherwise) {
        String comment = text(line, "comment");
        int longest = isOurs(line) ? LONGEST_OWN : LONGEST;
        boolean isName = !comment.isBlank() && comment.length() <= longest && !comment.startsWith("buildkit.");
        if (isName && isOurs(line)) {
            return comment; // by far the most that a build names, and none is a secret
        }
        // Masked before anything is cut off, and shown half.
        String maker = isName ? MaskedText.of(comment) : shortly(MaskedText.of(text(line, "created_by")));
        if (maker.isEmpty()) {
            return otherwise;
        }
        return maker.length() <= LONGEST
                ? maker
                : maker.substring(0, LONGEST - 1).strip() + "…";
    }

    /** Whether a line of history is of a layer that jlayer made and named. */
    public static boolean isOurs(JsonObject line) {
        return text(line, "created_by").startsWith(JLAYER)
                && !text(line, "comment").isBlank();
    }

    /** Whatever else stands there is no name. */
    private static String text(JsonObject line, String member) {
        return line.members().get(member) instanceof String text ? text : "";
    }

    /** A command of a Dockerfile without what is the same in all of them, and what is another each time. */
    private static String shortly(String command) {
        String shorter = command.strip();
        for (String front : FRONTS) {
            shorter = shorter.startsWith(front)
                    ? shorter.substring(front.length()).strip()
                    : shorter;
        }
        if (shorter.endsWith(BUILDKIT)) {
            shorter = shorter.substring(0, shorter.length() - BUILDKIT.length());
        }
        return withoutDigests(shorter).strip();
    }

    /** {@code ADD} and {@code COPY} tell the digest of what they copied. */
    private static String withoutDigests(String command) {
        String rest = command;
        for (int at = rest.indexOf(CONTENT); at >= 0; at = rest.indexOf(CONTENT, at)) {
            int from = at + CONTENT.length();
            int end = from;
            while (end < rest.length() && Character.digit(rest.charAt(end), 16) >= 0) {
                end++;
            }
            if (end - from == HEX) {
                rest = rest.substring(0, at) + rest.substring(end).stripLeading();
            } else {
                at = end;
            }
        }
        return rest;
    }
}
