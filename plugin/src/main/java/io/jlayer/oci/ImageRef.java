// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, as people write it: {@code [registry/]repository[:tag][@digest]}.
 *
 * @param registry host and port; {@code docker.io} where none is written
 * @param repository the path in the registry, with {@code library/} put in where Docker's registry wants it
 * @param tag empty if none is written
 * @param digest empty if none is written; where both are there, the digest decides
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">distribution
 *     specification, Pulling manifests</a>
 */
public record ImageRef(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    public static final String DEFAULT_REGISTRY = "docker.io";

    /** What Docker allows; without a bound, a long name would exhaust the pattern's stack. */
    private static final int LONGEST_REPOSITORY = 255;

    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern REGISTRY =
            Pattern.compile("(?:[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?");

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException saying which part is wrong
     */
    public static ImageRef parse(String text) {
        String rest = text.strip();
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(checked(TAG, rest.substring(colon + 1), "tag", text));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String registry = DEFAULT_REGISTRY;
        if (slash > 0 && isHost(rest.substring(0, slash))) {
            registry = checked(REGISTRY, rest.substring(0, slash), "registry", text);
            rest = rest.substring(slash + 1);
        }
        if (registry.equals("index.docker.io") || registry.equals("registry-1.docker.io")) {
            registry = DEFAULT_REGISTRY;
        }
        if (rest.length() > LONGEST_REPOSITORY) {
            throw new IllegalArgumentException("the repository in '" + text.substring(0, LONGEST_REPOSITORY)
                    + "…' is longer than " + LONGEST_REPOSITORY + " characters");
        }
        String repository = checked(REPOSITORY, rest, "repository", text);
        if (registry.equals(DEFAULT_REGISTRY) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        return new ImageRef(registry, repository, tag, digest);
    }

    /** A first part is a host if it could not be the first part of a path: docker's own rule. */
    private static boolean isHost(String firstPart) {
        return firstPart.indexOf('.') >= 0
                || firstPart.indexOf(':') >= 0
                || firstPart.equals("localhost")
                || !firstPart.equals(firstPart.toLowerCase(Locale.ROOT));
    }

    private static String checked(Pattern pattern, String part, String what, String whole) {
        Matcher matcher = pattern.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + part + "' is not a valid " + what + " in '" + whole + "'" + hint(pattern, part, whole));
        }
        return part;
    }

    private static String hint(Pattern pattern, String part, String whole) {
        if (whole.contains("://")) {
            return "; the name of an image begins with no http:// or the like";
        }
        boolean isLarge = pattern.matcher(part.toLowerCase(Locale.ROOT)).matches();
        return isLarge ? "; write it in small letters" : "";
    }

    /** Whether a text can be a tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** What a registry is asked for: the digest if there is one, else the tag, else {@code latest}. */
    public String reference() {
        return digest.map(Digest::toString).orElseGet(() -> tag.orElse("latest"));
    }

    public ImageRef withTag(String other) {
        return new ImageRef(registry, repository, Optional.of(other), Optional.empty());
    }

    public ImageRef withDigest(Digest other) {
        return new ImageRef(registry, repository, tag, Optional.of(other));
    }

    @Override
    public String toString() {
        return registry + "/" + repository + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
