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
        return new VerifyingInputStream(new ResumingInputStream(route.pull(digest)), digest);
    }

    /** Work on a blob that can begin anew, since nobody has seen anything of it before it was found to be whole. */
    private interface Reading<T> {
        T read(PullRoute.BlobPull pull) throws IOException;
    }

    /** Reads until a blob is whole, or nobody is left who may have it so. */
    private <T> T whole(Digest digest, Reading<T> reading) throws IOException {
        while (true) {
            PullRoute.BlobPull pull = route.pull(digest);
            try {
                return reading.read(pull);
            } catch (DamagedBlobException e) {
                if (!pull.isDamagedByMirror()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void putInto(BlobStore target, Descriptor descriptor) throws IOException {
        if (store.contains(descriptor.digest())) {
            BlobSource.super.putInto(target, descriptor);
            return;
        }
        whole(descriptor.digest(), pull -> {
            target.put(descriptor, () -> new ResumingInputStream(pull)); // which checks it
            return target;
        });
    }

    private byte[] small(Descriptor descriptor) throws IOException {
        return whole(descriptor.digest(), pull -> {
            try (InputStream in = new VerifyingInputStream(new ResumingInputStream(pull), descriptor)) {
                return in.readAllBytes();
            }
        });
    }

    @Override
    public byte[] readSmall(Descriptor descriptor, int limit) throws IOException {
        Digest digest = descriptor.digest();
        if (store.contains(digest) || descriptor.size() > limit) {
            return BlobSource.super.readSmall(descriptor, limit);
        }
        boolean isManifest =
                descriptor.mediaType().isIndex() || descriptor.mediaType().isManifest();
        byte[] bytes = isManifest ? manifest(digest) : small(descriptor);
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
