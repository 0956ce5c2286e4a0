// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that comes in chunks, each with its length before it. Leaves the stream below right after its end.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, Chunked Transfer Coding</a>
 */
final class ChunkedInput extends BulkInputStream {

    private static final int LONGEST_LINE = 8 << 10;
    private static final int MOST_TRAILERS = 100;

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw FixedInput.cutOff();
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !line().isEmpty()) {
            throw new IOException("the answer's chunks make no sense");
        }
        begun = true;
        String size = line().split(";", 2)[0].strip();
        try {
            left = size.length() > 15 ? -1 : Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            left = -1;
        }
        if (left < 0) {
            throw new IOException("the answer's chunks make no sense");
        }
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    /** Nobody needs them, and who sends many wants to keep us. */
    private void skipTrailers() throws IOException {
        for (int lines = 0; !line().isEmpty(); lines++) {
            if (lines == MOST_TRAILERS) {
                throw new IOException("the answer's chunks make no sense");
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw FixedInput.cutOff();
            } else if (line.length() == LONGEST_LINE) {
                throw new IOException("the answer's chunks make no sense");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
