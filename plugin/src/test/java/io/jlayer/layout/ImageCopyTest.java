// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.MemoryStore;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Indexes of strangers, which may name much and the same again. */
class ImageCopyTest {

    private final MemoryStore from = new MemoryStore();
    private int reads;

    private Descriptor index(int number, List<Descriptor> manifests) throws IOException {
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put("number", "" + number);
        Index index = new Index(Format.OCI, manifests, annotations);
        return from.put(index.mediaType(), index.toBytes());
    }

    private ImageCopy copy() {
        BlobSource counted = new BlobSource() {
            @Override
            public boolean contains(Digest digest) throws IOException {
                return from.contains(digest);
            }

            @Override
            public Blob get(Digest digest) throws IOException {
                reads++;
                return from.get(digest);
            }
        };
        return new ImageCopy(counted, new MemoryStore());
    }

    @Test
    void whatIsNamedAgainIsReadOnce() throws IOException {
        Descriptor root = index(0, List.of());
        for (int i = 1; i < 5; i++) {
            Descriptor inner = root;
            root = index(i, List.of(inner, inner.withAnnotation("word", "1"), inner));
        }

        assertThat(copy().of(root)).contains(root);

        assertThat(reads).isEqualTo(5);
    }

    @Test
    void tooManyAreRefused() throws IOException {
        List<Descriptor> many = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            many.add(index(i, List.of()));
        }
        Descriptor root = index(-1, many);

        assertThatThrownBy(() -> copy().of(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too much");
    }
}
