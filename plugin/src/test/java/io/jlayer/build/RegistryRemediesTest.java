// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.registry.StalledException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RegistryRemediesTest {

    private static final TransportName BASE = TransportName.parse("localhost:1/a/b:1", "<from>");

    private static String told(Throwable cause) throws IOException {
        return RegistryRemedies.forPull(BASE, ImageUse.BASE, new IOException("pull it: no", cause))
                .getMessage();
    }

    @Test
    void eachFailureIsToldWithWhatWhereAndHow() throws IOException {
        assertThat(told(new ConnectException()))
                .startsWith("the base image cannot be used: pull it: no (<from>localhost:1/a/b:1</from>)")
                .contains("To fix: correct the name");
        assertThat(told(new UnknownHostException("localhots")))
                .contains("To fix: see that the host's name is spelt right", "HTTPS_PROXY", "-o takes");
        assertThat(told(new StalledException("late"))).contains("To fix: try again later");
        assertThat(told(new DamagedBlobException(Digest.sha256("a"), "cut"))).contains("Nothing of it was kept");
        assertThat(told(new SSLException("plain"))).contains("-Djlayer.insecureRegistries=localhost:1");
        assertThat(told(new SSLHandshakeException("who").initCause(new CertificateException("unknown"))))
                .contains("caBundle");
    }

    @Test
    void aTrialNamesItsOwnSetting() throws IOException {
        assertThat(RegistryRemedies.forPull(
                        BASE, ImageUse.TRIAL, new IOException("pull it: no", new ConnectException())))
                .hasMessageStartingWith(
                        "the image cannot be used: pull it: no (-Djlayer.try.image=localhost:1/a/b:1)\n  To fix: ");
    }

    @Test
    void aPushNamesItsTarget() throws IOException {
        assertThat(RegistryRemedies.forPush(
                        ImageRef.parse("localhost:1/a:2"), new IOException("push it: no", new ConnectException())))
                .hasMessageStartingWith("the image is not pushed: push it: no (<to>localhost:1/a:2</to>)");
    }

    @Test
    void whatADiskDidIsLeftAsItIs() {
        IOException failure = new IOException("store it", new AccessDeniedException("/store"));
        assertThatThrownBy(() -> RegistryRemedies.forPull(BASE, ImageUse.BASE, failure))
                .isSameAs(failure);
    }
}
