// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The address of content: the name of a hash function and the content's hash under it.
 *
 * <p>Only the two algorithms that the specification registers are accepted, so a digest is always safe as a file name. A
 * build knows one of each file: so it is kept as bytes, and becomes text only where somebody wants to read it.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">descriptor.md,
 *     Digests</a>
 */
public final class Digest implements Comparable<Digest> {

    private static final String SHA256 = "sha256";
    private static final String SHA512 = "sha512";
    private static final int SHA256_BYTES = 32;
    private static final int SHA512_BYTES = 64;

    /** Its length tells the algorithm. */
    private final byte[] hash;

    /** Made when it is asked for first. */
    private String hex;

    private Digest(byte[] hash) {
        this.hash = hash;
    }

    /**
     * The digest of this algorithm, {@code sha256} or {@code sha512}, and this hash in lower-case hexadecimal.
     *
     * @throws IllegalArgumentException if it is another algorithm, or no hash of it
     */
    public static Digest of(String algorithm, String hex) {
        int bytes =
                switch (algorithm) {
                    case SHA256 -> SHA256_BYTES;
                    case SHA512 -> SHA512_BYTES;
                    default ->
                        throw new IllegalArgumentException(
                                "digest algorithm '" + algorithm + "' is neither sha256 nor sha512");
                };
        if (hex.length() != 2 * bytes || !isHex(hex)) {
            throw new IllegalArgumentException("'" + hex + "' is not a " + algorithm + " in lower-case hexadecimal");
        }
        return new Digest(HexFormat.of().parseHex(hex));
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
        return of(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The SHA-256 digest of {@code content}. */
    public static Digest sha256(byte[] content) {
        return new Digest(newSha256().digest(content));
    }

    /** The SHA-256 digest of the text's UTF-8 bytes. */
    public static Digest sha256(String text) {
        return sha256(text.getBytes(UTF_8));
    }

    /** The SHA-256 digest of all that is left to read, by way of a buffer. */
    public static Digest sha256(InputStream in, byte[] buffer) throws IOException {
        MessageDigest hash = newSha256();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            hash.update(buffer, 0, count);
        }
        return of(hash);
    }

    /** The SHA-256 digest whose hash these 32 bytes are. */
    public static Digest ofSha256(byte[] hash) {
        if (hash.length != SHA256_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has " + SHA256_BYTES + " bytes, not " + hash.length);
        }
        return new Digest(hash.clone());
    }

    /** Ends a computation by {@link #newSha256} or {@link #newHash}; it is reset by this. */
    public static Digest of(MessageDigest hash) {
        return new Digest(hash.digest());
    }

    /** A fresh SHA-256, which every Java platform must provide. */
    public static MessageDigest newSha256() {
        return newHash("SHA-256");
    }

    /** A fresh hash of this digest's own algorithm, to check content against it. */
    public MessageDigest newHash() {
        return newHash(hash.length == SHA256_BYTES ? "SHA-256" : "SHA-512");
    }

    /** {@code sha256} or {@code sha512}. */
    public String algorithm() {
        return hash.length == SHA256_BYTES ? SHA256 : SHA512;
    }

    /** The hash in lower-case hexadecimal. */
    public String hex() {
        String text = hex;
        if (text == null) {
            text = HexFormat.of().formatHex(hash);
            hex = text;
        }
        return text;
    }

    /** Whether {@code other} is the hash that this digest names. */
    public boolean matches(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    /** The hash itself. */
    public byte[] toBytes() {
        return hash.clone();
    }

    /** The first twelve digits: enough for a person to tell digests apart. */
    public String shortHex() {
        return hex().substring(0, 12);
    }

    private static MessageDigest newHash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java runtime lacks " + name, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(hash, digest.hash);
    }

    /** Of a hash, any four bytes are as good as all. */
    @Override
    public int hashCode() {
        return hash[0] << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
    }

    /** In the order of their texts. */
    @Override
    public int compareTo(Digest other) {
        int order = Integer.compare(hash.length, other.hash.length);
        return order != 0 ? order : Arrays.compareUnsigned(hash, other.hash);
    }

    @Override
    public String toString() {
        return algorithm() + ":" + hex();
    }
}
