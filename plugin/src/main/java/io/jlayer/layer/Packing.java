// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

/** In which way bytes are packed, by what they themselves say. */
public enum Packing {
    PLAIN("is not packed"),
    GZIP("is packed with gzip"),
    ZSTD("is packed with zstd"),
    XZ("is packed with xz");

    private static final int[] GZIP_MAGIC = {0x1f, 0x8b};
    private static final int[] ZSTD_MAGIC = {0x28, 0xb5, 0x2f, 0xfd};
    private static final int[] XZ_MAGIC = {0xfd, '7', 'z', 'X', 'Z', 0};

    /** So many bytes tell. */
    public static final int LONGEST_MAGIC = 6;

    private final String words;

    Packing(String words) {
        this.words = words;
    }

    /** What begins with these bytes; there may be fewer than {@link #LONGEST_MAGIC}. */
    public static Packing of(byte[] magic) {
        if (startsWith(magic, GZIP_MAGIC)) {
            return GZIP;
        } else if (startsWith(magic, ZSTD_MAGIC) || isSkippableFrame(magic)) {
            return ZSTD;
        }
        return startsWith(magic, XZ_MAGIC) ? XZ : PLAIN;
    }

    /** zstd:chunked and others may begin with a frame that carries no content. */
    private static boolean isSkippableFrame(byte[] magic) {
        return magic.length >= 4
                && (magic[0] & 0xf0) == 0x50
                && startsWith(new byte[] {magic[1], magic[2], magic[3]}, 0x2a, 0x4d, 0x18);
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return words;
    }
}
