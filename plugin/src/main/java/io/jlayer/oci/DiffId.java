// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

/**
 * The digest of a layer's uncompressed tar: what the layer holds, however it is packed for transport. A type of its own,
 * so that it cannot be taken for the digest of a blob.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#layer-diffid">config.md, Layer
 *     DiffID</a>
 */
public record DiffId(Digest digest) {

    /** Reads {@code algorithm:hex}. */
    public static DiffId parse(String text) {
        return new DiffId(Digest.parse(text));
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof DiffId diffId && digest.equals(diffId.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
