// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * A path in an image, from its root and without a slash in front: {@code app/lib}. Always normal: no empty part, no
 * {@code .} and no {@code ..}, so that it cannot leave the root. The root itself is the empty path.
 */
public final class LayerPath implements Comparable<LayerPath> {

    public static final LayerPath ROOT = new LayerPath("");

    /** What Linux allows for one part of a path, in bytes. */
    private static final int LONGEST_PART = 255;
    /** What Linux allows for a path in one call, in bytes. */
    private static final int LONGEST_PATH = 4096;

    private final String value;

    private LayerPath(String normal) {
        this.value = normal;
    }

    /**
     * The path that is written so.
     *
     * @throws IllegalArgumentException if it is not normal
     */
    public static LayerPath normal(String value) {
        if (!isNormal(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a normal path");
        }
        return new LayerPath(value);
    }

    /** The path without a slash in front; empty for the root. */
    public String value() {
        return value;
    }

    /** Without taking it apart, since there are as many paths as files, and more: few have a part that begins with a dot. */
    private static boolean isNormal(String path) {
        return !path.startsWith("/")
                && !path.endsWith("/")
                && !path.contains("//")
                && ((!path.startsWith(".") && !path.contains("/.")) || isNormalWithDots(path));
    }

    private static boolean isNormalWithDots(String path) {
        for (String part : path.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a path as people and archives write it: with or without slashes around it, {@code ./} in front, doubled
     * slashes.
     *
     * @throws IllegalArgumentException if it holds {@code ..} or a NUL, or is longer than Linux allows
     */
    public static LayerPath of(String text) {
        if (text.length() <= LONGEST_PART / 4 && isNormal(text) && text.indexOf('\0') < 0) {
            return new LayerPath(text);
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                throw new IllegalArgumentException("'" + text + "' has '..' in it, which could lead out of the image");
            }
            if (part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("'" + text.replace("\0", "\\0") + "' holds a NUL");
            }
            if (part.length() > LONGEST_PART / 4 && part.getBytes(UTF_8).length > LONGEST_PART) {
                throw new IllegalArgumentException("'" + part + "' is longer than " + LONGEST_PART + " bytes");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String value = String.join("/", parts);
        if (value.length() > LONGEST_PATH / 4 && value.getBytes(UTF_8).length >= LONGEST_PATH) {
            throw new IllegalArgumentException("'" + value + "' is longer than " + LONGEST_PATH + " bytes");
        }
        return new LayerPath(value);
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    /** The directory it is in; the root's parent is the root. */
    public LayerPath parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? ROOT : new LayerPath(value.substring(0, slash));
    }

    /** The last part; empty for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The path below this one. */
    public LayerPath resolve(LayerPath below) {
        if (below.isRoot()) {
            return this;
        }
        return isRoot() ? below : new LayerPath(value + "/" + below.value);
    }

    /** As {@link #resolve(LayerPath)}, reading {@code below} as {@link #of} does. */
    public LayerPath resolve(String below) {
        return resolve(of(below));
    }

    /** Whether {@code other} is this path or below it. */
    public boolean contains(LayerPath other) {
        return isRoot()
                || (other.value.startsWith(value)
                        && (other.value.length() == value.length() || other.value.charAt(value.length()) == '/'));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerPath path && value.equals(path.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** By characters, so a directory comes before what is in it. */
    @Override
    public int compareTo(LayerPath other) {
        return value.compareTo(other.value);
    }

    /** The path as a process in the container writes it. */
    @Override
    public String toString() {
        return "/" + value;
    }
}
