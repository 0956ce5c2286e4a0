// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that says once how it is read, for many bytes; a single byte, and what is skipped, is read so too. So whoever
 * counts, hashes or checks bytes sees all of them. There is no going back in it.
 */
public abstract class BulkInputStream extends InputStream {

    private static final int WASTE = 8192;

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        int count;
        do {
            count = read(one, 0, 1);
        } while (count == 0);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long count) throws IOException {
        byte[] waste = new byte[(int) Math.min(WASTE, Math.max(count, 0))];
        long skipped = 0;
        while (skipped < count) {
            int read = read(waste, 0, (int) Math.min(waste.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }
}
