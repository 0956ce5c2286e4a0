// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.Optional;

/**
 * How a layer's tar spells what it hides: as empty files with reserved names.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">layer.md, Whiteouts</a>
 */
public final class Whiteouts {

    private static final String PREFIX = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private Whiteouts() {}

    /**
     * What an entry of a layer's tar hides; empty if it is an ordinary file.
     *
     * @throws IllegalArgumentException if the name is reserved but hides nothing that could be there
     */
    public static Optional<FileEntry> parse(LayerPath inTar) {
        String name = inTar.name();
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        if (name.equals(OPAQUE)) {
            return Optional.of(new FileEntry.OpaqueWhiteout(inTar.parent()));
        }
        String hidden = name.substring(PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new IllegalArgumentException("'" + inTar + "' is a whiteout of nothing");
        }
        return Optional.of(new FileEntry.Whiteout(inTar.parent().resolve(hidden)));
    }

    /** Whether a layer cannot hold a file of this name, because it would be read as a whiteout. */
    public static boolean isReserved(LayerPath path) {
        return path.name().startsWith(PREFIX);
    }

    /** Whether a layer can hold nothing at the path, since its name, or that of a directory on the way, is reserved. */
    public static boolean isUnsayable(LayerPath path) {
        return !path.isRoot() && (isReserved(path) || isUnsayable(path.parent()));
    }

    /** The name of the entry that says so. */
    public static String nameInTar(FileEntry.Whiteout whiteout) {
        return whiteout.path().parent().resolve(PREFIX + whiteout.path().name()).value();
    }

    /** The name of the entry that says so. */
    public static String nameInTar(FileEntry.OpaqueWhiteout whiteout) {
        return whiteout.path().resolve(OPAQUE).value();
    }
}
