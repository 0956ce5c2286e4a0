// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes to send, with their length, so that they go out as one piece and not in chunks.
 *
 * @param blob is opened once for each attempt
 * @param size in bytes
 */
record UploadBody(Blob blob, long size) {

    static UploadBody of(byte[] content) {
        return new UploadBody(Blob.of(content), content.length);
    }

    Sending begin() {
        return new Sending(blob, size);
    }

    /** One attempt to send them: how far it got, and whether it was our own side that failed. */
    static final class Sending {

        private final Blob blob;
        private final long size;
        private final AtomicLong sent = new AtomicLong();
        private volatile long lastProgress = System.nanoTime();
        private volatile IOException localFailure;
        private volatile InputStream open = InputStream.nullInputStream();

        Sending(Blob blob, long size) {
            this.blob = blob;
            this.size = size;
        }

        BodyPublisher publisher() {
            return size == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), size);
        }

        /** Bytes that were handed to the network. */
        long sent() {
            return sent.get();
        }

        boolean finished() {
            return sent.get() >= size;
        }

        /** When bytes last went, by the machine's own clock, in nanoseconds. */
        long lastProgress() {
            return lastProgress;
        }

        /** Why the bytes could not be read, if that is what failed. */
        Optional<IOException> localFailure() {
            return Optional.ofNullable(localFailure);
        }

        /** Lets go of the bytes, also where the network left in the middle. */
        void end() throws IOException {
            open.close();
        }

        private InputStream open() {
            try {
                open = new Tracked(blob.open());
            } catch (IOException e) {
                localFailure = e;
                return null; // the publisher's way to be told
            }
            return open;
        }

        private final class Tracked extends FilterInputStream {

            Tracked(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    int count = super.read(bytes, offset, length);
                    sent.addAndGet(Math.max(count, 0));
                    lastProgress = System.nanoTime();
                    return count;
                } catch (IOException e) {
                    localFailure = e;
                    throw e;
                }
            }
        }
    }
}
