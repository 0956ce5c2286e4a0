// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.http.OfflineException;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;

/** Notes whether any of some blobs could not be had since Maven is offline. */
final class OfflineBlobs implements BlobSource {

    private final BlobSource blobs;
    private volatile boolean missed;

    OfflineBlobs(BlobSource blobs) {
        this.blobs = blobs;
    }

    boolean missed() {
        return missed;
    }

    @Override
    public boolean contains(Digest digest) throws IOException {
        try {
            return blobs.contains(digest);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public Blob get(Digest digest) throws IOException {
        try {
            Blob blob = blobs.get(digest);
            return () -> {
                try {
                    return blob.open();
                } catch (IOException e) {
                    throw noted(e);
                }
            };
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public void putInto(BlobStore store, Descriptor descriptor) throws IOException {
        try {
            blobs.putInto(store, descriptor);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    /** Documents may be had in another way. */
    @Override
    public byte[] readSmall(Descriptor descriptor, int limit) throws IOException {
        try {
            return blobs.readSmall(descriptor, limit);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    private IOException noted(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OfflineException) {
                missed = true;
            }
        }
        return failure;
    }
}
