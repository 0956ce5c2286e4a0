// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jlayer.blob.DamagedBlobException;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.http.FinalException;
import io.jlayer.http.LocalException;
import io.jlayer.http.Patience;
import io.jlayer.http.StalledException;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistrySettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(told(new SSLHandshakeException("who")
                        .initCause(new CertificateException("unknown", new CertPathBuilderException()))))
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

    /** Every one that is not this machine's; also where nobody thought of it. */
    @Test
    void noFailureOfAPushIsWithoutARemedy() throws IOException {
        ImageRef image = ImageRef.parse("localhost:1/a:2");
        for (IOException cause : List.of(
                new EOFException("the connection was closed before an answer came"),
                new SocketException("Connection reset"),
                new FinalException("was redirected more than 5 times"),
                new FinalException("the registry stored something else"),
                new IOException("the answer is not HTTP/1.1"))) {
            assertThat(RegistryRemedies.forPush(image, new IOException("push it: no", cause)))
                    .hasMessageStartingWith(
                            "the image is not pushed: push it: no (<to>localhost:1/a:2</to>)\n  To fix: try again")
                    .hasMessageContaining("tell whoever runs it");
        }
        for (IOException cause : List.of(
                new LocalException("read what is to be sent", new IOException("no bytes")),
                new AccessDeniedException("/store"),
                new InterruptedIOException())) {
            IOException failure = new IOException("push it: no", cause);
            assertThatThrownBy(() -> RegistryRemedies.forPush(image, failure)).isSameAs(failure);
        }
    }

    @Test
    void whatTheNetworkDidToAPullIsToldWithARemedyToo() throws IOException {
        assertThat(told(new EOFException("the connection was closed before an answer came")))
                .contains("To fix: try again");
        assertThat(told(new FinalException("was redirected more than 5 times"))).contains("To fix: try again");
    }

    /** What a registry says to who begins to upload. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "405#text/plain#no#push to another registry, or have this one changed",
                "403#application/json#{}#log in: docker login localhost:",
                "400#text/plain#tag 1 is immutable#push under another tag",
                "412#text/plain#matched to an Immutable rule#push under another tag",
                "415#text/plain#what?#-Djlayer.format=docker, -Djlayer.compression=gzip",
                "400#application/json#{\"errors\":[{\"code\":\"MANIFEST_INVALID\"}]}#-Djlayer.format=docker",
                "404#application/json#{}#make the repository a there first",
                "404#application/json#{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}#they must share their storage",
                "400#application/json#{\"errors\":[{\"code\":\"BLOB_UNKNOWN\"}]}#they must share their storage",
                "200#text/html#<html/>#name host and port where the registry itself answers",
                "500#text/plain#disk#The registry's log tells more"
            })
    void eachRefusalHasItsRemedy(int status, String type, String body, String remedy) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean begins = exchange.getRequestMethod().equals("POST");
                exchange.getResponseHeaders().add("Content-Type", type);
                exchange.sendResponseHeaders(begins ? status : 404, begins ? body.length() : -1);
                exchange.getResponseBody().write(body.getBytes(UTF_8), 0, begins ? body.length() : 0);
            }
        });
        server.start();
        Patience once = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 1);
        RegistrySettings settings = RegistrySettings.defaults().withPatience(once);
        try (RegistryClient client = new RegistryClient(settings, new Silence())) {
            ImageRef ref = ImageRef.parse("localhost:" + server.getAddress().getPort() + "/a:1");
            Image image = Image.scratch(Platform.parse("linux/amd64"));
            RegistryGoal goal = new RegistryGoal(client.target(ref, List.of()));

            assertThatThrownBy(() -> goal.write(ImageDocuments.of(List.of(image), Format.OCI)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(remedy);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatNoRegistryKnowsMayBeDockersOwn(@TempDir Path directory) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(404, -1);
            }
        });
        server.start();
        String name = "localhost:" + server.getAddress().getPort() + "/a:1";
        try (Store store = Store.open(directory.resolve("store"));
                Registries registries = new Registries(RegistrySettings::defaults, new Silence())) {
            TrialImage image = new TrialImage(store, directory, registries, warning -> {});
            for (String written : List.of(name, "docker://" + name)) {
                assertThatThrownBy(() -> image.load(written))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("correct the name")
                        .hasMessageEndingWith("if docker has it on this machine, write docker-daemon:" + name);
            }
        } finally {
            server.stop(0);
        }
    }

    private static final class Silence implements Events {
        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {}
    }

    @Test
    void aCertificateThatIsNotBelievedIsToldWithWhatHelpsThere() throws IOException {
        assertThat(told(new SSLException(new CertificateException("No name matching a found"))))
                .contains("To fix: reach the host by a name that stands in the certificate");
        assertThat(told(new SSLException(new CertificateException("Extended key usage does not permit it"))))
                .contains("To fix: have the host given a certificate that is made for servers like it");
        assertThat(told(new SSLException(
                        new CertificateException("path", new CertificateExpiredException("NotAfter: yesterday")))))
                .contains("To fix: have it renewed");
    }
}
