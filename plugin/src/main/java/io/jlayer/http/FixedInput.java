// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length is known beforehand: one that ends sooner was cut off. */
final class FixedInput extends BulkInputStream {

    private final InputStream in;
    private long left;

    FixedInput(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw cutOff();
        }
        left -= count;
        return count;
    }

    static IOException cutOff() {
        return new IOException("the answer was cut off");
    }
}
