// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TrustStoreTest {

    /** Those of the JDK that runs the tests. */
    private static SortedMap<String, byte[]> certificates() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        SortedMap<String, byte[]> certificates = new TreeMap<>();
        for (X509Certificate certificate : ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()) {
            certificates.put("authority" + certificates.size(), certificate.getEncoded());
        }
        Assumptions.assumeFalse(certificates.isEmpty(), "this JDK trusts nobody");
        return certificates;
    }

    private static KeyStore load(byte[] bytes, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(new ByteArrayInputStream(bytes), password == null ? null : password.toCharArray());
        return store;
    }

    @Test
    void javaReadsWhatIsWritten() throws Exception {
        SortedMap<String, byte[]> certificates = certificates();
        KeyStore store = load(TrustStore.jks(certificates), "changeit");
        assertThat(store.size()).isEqualTo(certificates.size());
        assertThat(store.getCertificate("authority0").getEncoded()).isEqualTo(certificates.get("authority0"));
        assertThat(store.isCertificateEntry("authority0")).isTrue();
        assertThat(load(TrustStore.jks(certificates), null).size()).isEqualTo(certificates.size());
    }

    @Test
    void equalCertificatesGiveEqualBytes() throws Exception {
        assertThat(TrustStore.jks(certificates())).isEqualTo(TrustStore.jks(certificates()));
    }

    @Test
    void noCertificatesGiveAnEmptyStore() throws Exception {
        assertThat(load(TrustStore.jks(new TreeMap<>()), "changeit").size()).isZero();
    }
}
