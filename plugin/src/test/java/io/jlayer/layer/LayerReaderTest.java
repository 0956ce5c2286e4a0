// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Blob;
import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

    /** Else whoever keeps the bytes would not hear of it, and give them again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 12, 40, -1, -5})
    void damageIsToldAsSuchWhereverUnpackingFails(int at) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar("a", "b", "c"));
        }
        byte[] bytes = packed.toByteArray();
        Digest digest = Digest.sha256(bytes);
        bytes[at < 0 ? bytes.length + at : at] ^= (byte) 0xff;
        Blob damaged = () -> new VerifyingInputStream(new ByteArrayInputStream(bytes), digest);

        for (boolean ahead : List.of(false, true)) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> readAll(damaged, ahead));
        }
    }

    private static void readAll(Blob packed, boolean ahead) throws IOException {
        try (LayerReader reader = ahead ? LayerReader.openAhead(packed) : LayerReader.open(packed)) {
            while (reader.next().isPresent()) {
                reader.content().readAllBytes();
            }
            reader.finish();
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
