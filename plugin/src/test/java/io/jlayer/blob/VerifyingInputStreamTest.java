// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class VerifyingInputStreamTest {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Descriptor POINTER = Descriptor.of(MediaType.CONFIG, CONTENT);

    private static InputStream verifying(String content) {
        return new VerifyingInputStream(new ByteArrayInputStream(content.getBytes(UTF_8)), POINTER);
    }

    @Test
    void soundBytesPassHoweverTheyAreRead() throws IOException {
        assertThat(verifying("content").readAllBytes()).isEqualTo(CONTENT);
        InputStream byOne = verifying("content");
        for (byte expected : CONTENT) {
            assertThat(byOne.read()).isEqualTo(expected);
        }
        assertThat(byOne.read()).isEqualTo(-1);
        assertThat(byOne.read()).isEqualTo(-1);
        InputStream skipping = verifying("content");
        assertThat(skipping.skip(3)).isEqualTo(3);
        assertThat(skipping.skip(0)).isZero();
        assertThat(skipping.skip(-1)).isZero();
        assertThat(skipping.readAllBytes()).isEqualTo("tent".getBytes(UTF_8));
    }

    @Test
    void oneByteTooManyIsNoticedAtOnce() {
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> verifying("content and more").read(new byte[8]))
                .withMessageContaining("longer than its 7 bytes");
    }

    @Test
    void tooFewOrOtherBytesAreNoticedAtTheEnd() {
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> verifying("conten").readAllBytes())
                .withMessageContaining("ends after 6 of 7 bytes");
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> verifying("kontent").readAllBytes())
                .withMessageContaining("another digest")
                .satisfies(e -> assertThat(e.digest()).isEqualTo(POINTER.digest()));
    }

    /** Who asks again after the failure is not told that all was well. */
    @Test
    void whatIsDamagedStaysSo() {
        InputStream in = new VerifyingInputStream(new ByteArrayInputStream(CONTENT), Digest.sha256(""));
        assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
        assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::read);
        assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
    }

    @Test
    void goingBackIsNotOffered() throws IOException {
        InputStream in = verifying("content");
        assertThat(in.markSupported()).isFalse();
        in.mark(10);
        assertThat(in.read()).isEqualTo('c');
        assertThatExceptionOfType(IOException.class).isThrownBy(in::reset);
    }
}
