// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Bytes to send, with their length, so that they go out as one piece and not in chunks.
 *
 * @param blob is opened once for each attempt
 * @param size in bytes
 */
public record UploadBody(Blob blob, long size) {

    private static final int BLOCK = 128 << 10;

    public static UploadBody of(byte[] content) {
        return new UploadBody(Blob.of(content), content.length);
    }

    /** Says after each block whether to go on. */
    interface Progress {
        boolean goesOn() throws IOException;
    }

    /** One attempt to send them. For one thread. */
    static final class Sending {

        /** Of a request without a body. */
        static final Sending NOTHING = new Sending(Blob.of(new byte[0]), 0);

        private final Blob blob;
        private final long size;
        private long sent;

        Sending(Blob blob, long size) {
            this.blob = blob;
            this.size = size;
        }

        /** Bytes that were handed to the network. */
        long sent() {
            return sent;
        }

        /** Whether it takes more than one block, so that somebody may answer in between. */
        boolean isLong() {
            return size > BLOCK;
        }

        boolean isWhole() {
            return sent == size;
        }

        /**
         * Sends them.
         *
         * @throws FinalException if it is our own side that fails; then the last of them are not sent
         */
        void sendTo(OutputStream out, Progress progress) throws IOException {
            if (size == 0) {
                return;
            }
            try (InputStream in = opened()) {
                byte[] block = new byte[(int) Math.min(BLOCK, size)];
                while (sent < size && progress.goesOn()) {
                    int count = fill(in, block);
                    out.write(block, 0, count);
                    sent += count;
                }
            }
        }

        private InputStream opened() throws FinalException {
            try {
                return blob.open();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        /** The last block is given only once the stream says that it is the last, since then what is damaged is known. */
        private int fill(InputStream in, byte[] block) throws FinalException {
            int wanted = (int) Math.min(block.length, size - sent);
            try {
                int count = in.readNBytes(block, 0, wanted);
                boolean longer = sent + count == size && in.read() >= 0;
                if (count < wanted || longer) {
                    throw new IOException("it has not the " + size + " bytes that were said");
                }
                return count;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private static FinalException unreadable(IOException e) {
            return new LocalException("read what is to be sent: " + e.getMessage(), e);
        }
    }

    Sending begin() {
        return new Sending(blob, size);
    }
}
