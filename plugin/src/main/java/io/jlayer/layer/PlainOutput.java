// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.IOException;
import java.io.OutputStream;

/** Packs nothing. */
final class PlainOutput extends LayerOutput {

    private final OutputStream out;

    PlainOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }
}
