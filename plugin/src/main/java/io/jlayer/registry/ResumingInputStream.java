// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.BulkInputStream;
import io.jlayer.blob.Traffic;
import io.jlayer.http.FinalException;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A blob of a registry as a stream that goes on where it broke off, as long as there is headway. For one thread. What it
 * gives is unchecked.
 */
final class ResumingInputStream extends BulkInputStream {

    /** So many bytes make good for one break. */
    private static final int HEADWAY = 1 << 20;

    private final PullRoute.BlobPull pull;
    private final PullRoute route;
    private final Digest digest;
    private final Traffic.Transfer transfer;
    private InputStream current;
    private long offset;
    private int breaks;

    ResumingInputStream(PullRoute.BlobPull pull) throws IOException {
        this.pull = pull;
        this.route = pull.route();
        this.digest = pull.digest();
        this.current = route.repeat(() -> pull.open(0));
        this.transfer = route.begin();
    }

    @Override
    public int read(byte[] bytes, int begin, int length) throws IOException {
        int count = route.repeat(() -> {
            if (current == null) {
                current = pull.open(offset);
            }
            try {
                return current.read(bytes, begin, length);
            } catch (IOException e) {
                abandon();
                throw broken(e);
            }
        });
        if (count > 0) {
            offset += count;
            transfer.moved(count);
        }
        return count;
    }

    private IOException broken(IOException e) {
        String message = "read blob " + digest + " of " + route + " after " + offset + " bytes: " + e.getMessage();
        boolean hopeless = breaks++ > route.attempts() + offset / HEADWAY;
        if (hopeless || !Retries.isPassing(e)) {
            return e instanceof InterruptedIOException ? e : new FinalException(message, e);
        }
        return new IOException(message, e);
    }

    private void abandon() throws IOException {
        InputStream broken = current;
        current = null;
        broken.close();
    }

    @Override
    public void close() throws IOException {
        transfer.close();
        if (current != null) {
            current.close();
        }
        route.summarize("read blob " + digest + " of " + route);
    }
}
