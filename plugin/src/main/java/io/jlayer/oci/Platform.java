// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an image runs on, in Go's words: {@code linux/amd64}, {@code linux/arm64/v8}.
 *
 * @param os the operating system, GOOS
 * @param architecture the processor, GOARCH
 * @param variant which kind of it; empty where nothing says
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md#platform-variants">image-index.md,
 *     Platform Variants</a>
 */
public record Platform(String os, String architecture, String variant) implements Comparable<Platform> {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** What a container on this machine runs on: Linux, whatever the host, on the host's processor. */
    public static final Platform HOST = parse("linux/" + System.getProperty("os.arch", "amd64"));

    public Platform {
        if (!WORD.matcher(os).matches()
                || !WORD.matcher(architecture).matches()
                || !(variant.isEmpty() || WORD.matcher(variant).matches())) {
            throw new IllegalArgumentException(
                    "'" + os + "/" + architecture + "/" + variant + "' is not a platform: expected os/architecture");
        }
    }

    /**
     * Reads {@code os/architecture[/variant]} and knows the other names by which processors go (x86_64, aarch64 …).
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Platform parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a platform: expected os/architecture[/variant], as linux/arm64/v8");
        }
        return new Platform(
                parts[0].toLowerCase(Locale.ROOT),
                goArchitecture(parts[1].toLowerCase(Locale.ROOT)),
                parts.length == 3 ? parts[2] : "");
    }

    private static String goArchitecture(String name) {
        return switch (name) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i486", "i586", "i686" -> "386";
            case "armhf", "armv7l" -> "arm";
            default -> name;
        };
    }

    /**
     * How well an image for {@code offered} serves who asked for this platform: 2 exactly, 1 by the variant that is
     * understood where none is written ({@code v8} for arm64, {@code v7} for arm) or by any variant where none was asked
     * for, 0 not at all.
     */
    public int fit(Platform offered) {
        if (!os.equals(offered.os) || !architecture.equals(offered.architecture)) {
            return 0;
        }
        if (variant.equals(offered.variant) || understoodVariant().equals(offered.understoodVariant())) {
            return 2;
        }
        return variant.isEmpty() || offered.variant.isEmpty() ? 1 : 0;
    }

    private String understoodVariant() {
        if (!variant.isEmpty()) {
            return variant;
        }
        return switch (architecture) {
            case "arm64" -> "v8";
            case "arm" -> "v7";
            default -> "";
        };
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof Platform platform
                && os.equals(platform.os)
                && architecture.equals(platform.architecture)
                && variant.equals(platform.variant);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public int compareTo(Platform other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
