// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Blob;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest {

    private static byte[] tar(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (String name : names) {
                tar.begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, 0, 1, ""));
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "/../x", "a/../../x", "a/..", ".wh.", "a/.wh..", "a/.wh..."})
    void entriesThatLeadAstrayAreErrors(String name) throws IOException {
        try (LayerReader reader = LayerReader.open(Blob.of(tar("fine", name)))) {
            assertThat(reader.next()).isPresent();
            assertThatIOException().isThrownBy(reader::next).withMessageStartingWith("read layer: '");
        }
    }

    @Test
    void whatFollowsTheTarIsPartOfTheLayer() throws IOException {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.write(tar("a", "b"));
        padded.write(new byte[8192]);
        try (LayerReader reader = LayerReader.open(Blob.of(padded.toByteArray()))) {
            while (reader.next().isPresent()) {
                assertThat(reader.content().read()).isEqualTo(-1);
            }
            reader.verify(new DiffId(Digest.sha256(padded.toByteArray())));
            assertThat(reader.tarSize()).isEqualTo(padded.size());
        }
    }

    @Test
    void aLayerCanBeVerifiedBeforeItIsRead() throws IOException {
        try (LayerReader reader = LayerReader.open(Blob.of(tar("a")))) {
            reader.verify(new DiffId(Digest.sha256(tar("a"))));
        }
    }

    @Test
    void aLayerThatCannotBeUnpackedIsClosed() throws IOException {
        boolean[] closed = {false};
        InputStream broken = new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9}) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertThatIOException().isThrownBy(() -> LayerReader.open(() -> broken));
        assertThat(closed[0]).isTrue();
    }

    @Test
    void closingClosesTheBlob() throws IOException {
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(tar("a")) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        LayerReader.open(() -> in).close();
        assertThat(closed[0]).isTrue();
    }
}
