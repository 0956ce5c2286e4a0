// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.http.OfflineException;
import io.jlayer.oci.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OfflineBlobsTest {

    private static final Digest A = Digest.sha256("a");

    private static OfflineBlobs failing(IOException failure) {
        return new OfflineBlobs(new BlobSource() {
            @Override
            public boolean contains(Digest digest) {
                return false;
            }

            @Override
            public Blob get(Digest digest) {
                return () -> {
                    throw failure;
                };
            }
        });
    }

    @Test
    void whatWouldHaveToBeFetchedIsTold() throws IOException {
        IOException offline = new IOException("GET blob", new OfflineException("offline"));
        OfflineBlobs blobs = failing(offline);
        Blob blob = blobs.get(A);
        assertThat(blobs.missed()).isFalse();

        assertThatThrownBy(blob::open).isSameAs(offline);

        assertThat(blobs.missed()).isTrue();
    }

    @Test
    void whatIsBrokenIsNoneOfIt() {
        OfflineBlobs blobs = failing(new FileNotFoundException("gone"));

        assertThatThrownBy(() -> blobs.get(A).open()).isInstanceOf(FileNotFoundException.class);

        assertThat(blobs.missed()).isFalse();
    }
}
