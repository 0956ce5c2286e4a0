// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;

/** The fake is held to the contract, so that tests which use it say something. */
class MemoryStoreTest extends BlobStoreContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected int visible() {
        return store.count();
    }

    @Override
    protected void damage(Digest digest) {
        store.bytes(digest)[0] ^= 1;
    }
}
