// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The address of content: the name of a hash function and the content's hash under it.
 *
 * <p>Only the two algorithms that the specification registers are accepted, so a digest is always safe as a file name.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the hash in lower-case hexadecimal
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">descriptor.md,
 *     Digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    public Digest {
        int digits =
                switch (algorithm) {
                    case "sha256" -> 64;
                    case "sha512" -> 128;
                    default ->
                        throw new IllegalArgumentException(
                                "digest algorithm '" + algorithm + "' is neither sha256 nor sha512");
                };
        if (hex.length() != digits || !isHex(hex)) {
            throw new IllegalArgumentException("'" + hex + "' is not a " + algorithm + " in lower-case hexadecimal");
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads {@code algorithm:hex}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a digest: expected algorithm:hex");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The SHA-256 digest of {@code content}. */
    public static Digest sha256(byte[] content) {
        return of(newSha256().digest(content));
    }

    /** The SHA-256 digest of the text's UTF-8 bytes. */
    public static Digest sha256(String text) {
        return sha256(text.getBytes(UTF_8));
    }

    /** The digest whose hash these 32 bytes are. */
    public static Digest ofSha256(byte[] hash) {
        return of(hash);
    }

    /** Ends a SHA-256 computation that {@link #newSha256()} began; the hash is reset by it. */
    public static Digest of(MessageDigest sha256) {
        return of(sha256.digest());
    }

    private static Digest of(byte[] hash) {
        return new Digest("sha256", HexFormat.of().formatHex(hash));
    }

    /** A fresh SHA-256, which every Java platform must provide. */
    public static MessageDigest newSha256() {
        return newHash("SHA-256");
    }

    /** A fresh hash of this digest's own algorithm, to check content against it. */
    public MessageDigest newHash() {
        return newHash(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    }

    /** Whether {@code hash} is what this digest names. */
    public boolean matches(byte[] hash) {
        return MessageDigest.isEqual(toBytes(), hash);
    }

    /** The hash itself. */
    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The first twelve digits: enough for a person to tell digests apart. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    private static MessageDigest newHash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java runtime lacks " + name, e);
        }
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && hex.equals(digest.hex) && algorithm.equals(digest.algorithm);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
