// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.BlobStore;
import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/** What a repository holds, by digest; small documents are kept in the store, which is asked first for everything. */
final class RegistryBlobs implements BlobSource {

    private final PullRoute route;
    private final BlobStore store;

    RegistryBlobs(PullRoute route, BlobStore store) {
        this.route = route;
        this.store = store;
    }

    @Override
    public boolean contains(Digest digest) throws IOException {
        return store.contains(digest) || route.hasBlob(digest);
    }

    @Override
    public Blob get(Digest digest) throws IOException {
        return store.contains(digest) ? store.get(digest) : () -> fetch(digest);
    }

    private InputStream fetch(Digest digest) throws IOException {
        return new VerifyingInputStream(new ResumingInputStream(route, digest), digest);
    }

    @Override
    public byte[] readSmall(Descriptor descriptor, int limit) throws IOException {
        Digest digest = descriptor.digest();
        if (store.contains(digest) || descriptor.size() > limit) {
            return BlobSource.super.readSmall(descriptor, limit);
        }
        boolean isManifest =
                descriptor.mediaType().isIndex() || descriptor.mediaType().isManifest();
        byte[] bytes = isManifest ? manifest(digest) : BlobSource.super.readSmall(descriptor, limit);
        if (bytes.length != descriptor.size()) {
            throw new DamagedBlobException(digest, "it has " + bytes.length + " bytes, expected " + descriptor.size());
        }
        store.put(descriptor, Blob.of(bytes));
        return bytes;
    }

    private byte[] manifest(Digest digest) throws IOException {
        return route.manifest(digest.toString())
                .orElseThrow(() -> new IOException("read manifest " + digest + " of " + route + ": it is not there"))
                .bytes();
    }
}
