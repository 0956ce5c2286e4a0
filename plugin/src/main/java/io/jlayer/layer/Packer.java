// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.zip.Deflater;

/** What it takes to pack blocks, one after the other: a quarter of a megabyte, so it is kept. For one thread at a time. */
final class Packer implements AutoCloseable {

    private final int level;
    private final FixedCodes codes = new FixedCodes();
    private Deflater deflater;

    Packer(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }

    FixedCodes codes() {
        return codes;
    }

    /** A deflater that has seen nothing yet. */
    Deflater deflater() {
        if (deflater == null) {
            deflater = new Deflater(level, true);
        } else {
            deflater.reset();
        }
        return deflater;
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
        }
    }
}
