// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.BulkInputStream;
import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.Traffic;
import io.jlayer.http.FinalException;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;

/**
 * A blob of a registry as a stream that goes on where it broke off, as long as there is headway. Where it is taken up, the
 * last bytes before are asked for once more: a registry that gives others there gives another part than it says, and the
 * blob is read from its first byte instead. For one thread. What it gives is unchecked.
 */
final class ResumingInputStream extends BulkInputStream {

    /** Fewer bytes are no headway: a break after them counts. */
    private static final int HEADWAY = 16 << 10;

    /** So many bytes make good for one break that counts. */
    private static final int MUCH = 1 << 20;

    /** So many breaks that do not count are borne, and one more for each so many bytes. */
    private static final int MOST_BREAKS = 100;

    private static final int BYTES_TO_A_BREAK = 64 << 10;

    private final PullRoute.BlobPull pull;
    private final PullRoute route;
    private final Digest digest;
    private final Traffic.Transfer transfer;
    private final Tail tail = new Tail();
    private InputStream current;
    private boolean fromStart;
    private long offset;
    private long lastBreak;
    private int breaks;
    private int fruitless;

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
            try {
                if (current == null) {
                    current = reopened();
                }
                return current.read(bytes, begin, length);
            } catch (IOException e) {
                boolean had = current != null;
                abandon();
                throw had ? broken(e) : e;
            }
        });
        if (count > 0) {
            offset += count;
            tail.add(bytes, begin, count);
            transfer.moved(count);
        }
        return count;
    }

    private InputStream reopened() throws IOException {
        if (!fromStart) {
            InputStream resumed = pull.open(offset - tail.size());
            if (fits(resumed, 0)) {
                return resumed;
            }
            fromStart = true;
        }
        InputStream whole = pull.open(0);
        if (fits(whole, offset - tail.size())) {
            return whole;
        }
        throw new DamagedBlobException(digest, "what comes now is not what came before it broke off");
    }

    /** Whether what came before comes again behind so many bytes; what does not fit is closed. */
    private boolean fits(InputStream in, long passedOver) throws IOException {
        boolean fits = false;
        try {
            in.skipNBytes(passedOver);
            fits = tail.matches(in);
        } catch (IOException e) {
            throw broken(e);
        } finally {
            if (!fits) {
                in.close();
            }
        }
        return fits;
    }

    private IOException broken(IOException e) {
        String message = "read blob " + digest + " of " + route + " after " + offset + " bytes: " + e.getMessage();
        breaks++;
        fruitless += offset - lastBreak < HEADWAY ? 1 : 0;
        lastBreak = offset;
        boolean hopeless =
                fruitless > route.attempts() + offset / MUCH + 1 || breaks > MOST_BREAKS + offset / BYTES_TO_A_BREAK;
        if (hopeless || !Retries.isPassing(e)) {
            return e instanceof InterruptedIOException ? e : new FinalException(message, e);
        }
        return new IOException(message, e);
    }

    private void abandon() throws IOException {
        if (current != null) {
            InputStream broken = current;
            current = null;
            broken.close();
        }
    }

    @Override
    public void close() throws IOException {
        transfer.close();
        if (current != null) {
            current.close();
        }
        route.summarize("read blob " + digest + " of " + route);
    }

    /** The last bytes that were given. */
    private static final class Tail {

        private final byte[] kept = new byte[512];
        private int size;

        int size() {
            return size;
        }

        void add(byte[] bytes, int begin, int count) {
            int fresh = Math.min(count, kept.length);
            int old = Math.min(size, kept.length - fresh);
            System.arraycopy(kept, size - old, kept, 0, old);
            System.arraycopy(bytes, begin + count - fresh, kept, old, fresh);
            size = old + fresh;
        }

        /** Reads as many bytes, and says whether they are the same. */
        boolean matches(InputStream in) throws IOException {
            return Arrays.equals(in.readNBytes(size), Arrays.copyOf(kept, size));
        }
    }
}
