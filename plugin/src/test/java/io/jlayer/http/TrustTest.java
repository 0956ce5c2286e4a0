// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TrustTest {

    @Test
    void aCertificateMayBeOfAnotherTime() {
        for (CertificateException reason :
                List.of(new CertificateExpiredException("at noon"), new CertificateNotYetValidException("at noon"))) {
            SSLException failure = new SSLException(new CertificateException("path", reason));

            assertThat(Trust.failure("a", 443, failure))
                    .hasMessageMatching(
                            "the certificate of a is not trusted: it (has expired|is not valid yet); at noon");
        }
    }
}
