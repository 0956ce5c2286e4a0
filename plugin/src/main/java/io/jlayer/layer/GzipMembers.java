// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip of any number of members, and knows where the last one ended: Java passes over whatever follows there. */
final class GzipMembers extends GZIPInputStream {

    /** A checksum and a length. */
    private static final int TRAILER = 8;

    private long filled;

    GzipMembers(BufferedInputStream packed, int buffer) throws IOException {
        super(new Foreseeing(packed), buffer);
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filled = ((Foreseeing) in).passed;
    }

    /** How many bytes the members have, packed; to be asked at the end. */
    long packedSize() {
        return filled - inf.getRemaining() + TRAILER;
    }

    /**
     * Tells by looking whether there is more. Java asks this way whether another gzip member follows, and would take the
     * "nothing yet" of a slow stream for its end.
     */
    private static final class Foreseeing extends FilterInputStream {

        private long passed;

        Foreseeing(BufferedInputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            passed += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            passed += Math.max(count, 0);
            return count;
        }

        @Override
        public int available() throws IOException {
            in.mark(1);
            boolean more = in.read() >= 0;
            in.reset();
            return more ? Math.max(1, in.available()) : 0;
        }
    }
}
