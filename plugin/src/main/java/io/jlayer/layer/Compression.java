// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a layer is packed.
 *
 * @param algorithm which way
 * @param level how hard to try, as the algorithm counts it
 */
public record Compression(Algorithm algorithm, int level) {

    /** The ways that the image specification names, each with its usual level. */
    public enum Algorithm {
        NONE(0, 0, 0, MediaType.LAYER_TAR),
        GZIP(1, 9, 6, MediaType.LAYER_GZIP),
        ZSTD(1, 19, 3, MediaType.LAYER_ZSTD);

        private final int least;
        private final int most;
        private final int usual;
        private final MediaType mediaType;

        Algorithm(int least, int most, int usual, MediaType mediaType) {
            this.least = least;
            this.most = most;
            this.usual = usual;
            this.mediaType = mediaType;
        }
    }

    public static final Compression NONE = new Compression(Algorithm.NONE, Algorithm.NONE.usual);
    public static final Compression GZIP = new Compression(Algorithm.GZIP, Algorithm.GZIP.usual);
    public static final Compression ZSTD = new Compression(Algorithm.ZSTD, Algorithm.ZSTD.usual);

    /** What a user may write, besides a level. {@code auto} is gzip, which every client in the field can read. */
    public static final List<String> NAMES = List.of("auto", "gzip", "zstd", "none");

    public Compression {
        if (level < algorithm.least || level > algorithm.most) {
            throw new IllegalArgumentException("compression level " + level + " is not one of "
                    + algorithm.name().toLowerCase(Locale.ROOT) + "'s: " + algorithm.least + " to " + algorithm.most);
        }
    }

    /**
     * Reads one of {@link #NAMES}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static Compression named(String name) {
        if (name.equals("auto")) {
            return GZIP;
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().toLowerCase(Locale.ROOT).equals(name)) {
                return new Compression(algorithm, algorithm.usual);
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not a compression");
    }

    public Compression withLevel(int other) {
        return new Compression(algorithm, other);
    }

    /** The type of a layer that is packed so. */
    public MediaType mediaType() {
        return algorithm.mediaType;
    }

    /** Begins packing into {@code out}, which is left open. */
    LayerOutput open(OutputStream out, Workers workers) throws IOException {
        return open(out, workers, Optional.empty());
    }

    /** As {@link #open(OutputStream, Workers)}; blocks may come from an earlier layer. */
    LayerOutput open(OutputStream out, Workers workers, Optional<PackedBlocks> earlier) throws IOException {
        return switch (algorithm) {
            case NONE -> new PlainOutput(out);
            case GZIP -> new GzipOutput(out, level, workers, earlier);
            case ZSTD -> new ZstdOutput(out, level);
        };
    }
}
