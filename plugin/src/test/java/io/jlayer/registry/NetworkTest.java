// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.credential.Credentials;
import io.jlayer.credential.GivenCredentials;
import io.jlayer.http.Basic;
import io.jlayer.http.Credential;
import io.jlayer.http.FakeProxy;
import io.jlayer.http.Patience;
import io.jlayer.http.Proxies;
import io.jlayer.http.ProxyExceptions;
import io.jlayer.http.ProxyServer;
import io.jlayer.http.RawServer;
import io.jlayer.http.TestCertificate;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {

    private static final Credential.Password PROXY = new Credential.Password("proxy-user", "proxy-s3cret");

    @TempDir
    Path temp;

    private final ImageDocuments image = TestImages.documents(TestImages.image(1, 3));

    private Image pull(TestRun run, String reference) throws IOException {
        Store store = Store.open(temp.resolve("store"));
        return run.client
                .source(ImageRef.parse(reference), store.records("r"), run.warnings::add)
                .load(AMD64, store.blobs());
    }

    private static Proxies proxies(String scheme, ProxyServer server) {
        return Proxies.of(List.of(new Proxies.Rule(scheme, server, ProxyExceptions.bars(""))), Map.of());
    }

    @Test
    void believesOnlyKnownCertificates() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (FakeRegistry registry = new FakeRegistry(Optional.of(certificate.server()))) {
            TestImages.seed(registry, "a/b", "1", image);
            String reference = registry.host() + "/a/b:1";
            try (TestRun run = new TestRun()) {
                assertThatThrownBy(() -> pull(run, reference))
                        .hasMessageContaining("the certificate of " + registry.host() + " is not trusted");
                assertThat(run.sleeps).isEmpty();
            }
            try (TestRun run = new TestRun(settings -> settings.withCaBundle(certificate.pem()))) {
                assertThat(pull(run, reference).lowestFirst()).hasSize(3);
            }
            try (TestRun run = new TestRun(settings -> settings.withInsecureHosts(Set.of(registry.host())))) {
                assertThat(pull(run, reference).lowestFirst()).hasSize(3);
            }
            assertThat(registry.requests)
                    .allMatch(request -> request.header("Authorization").isEmpty());
        }
    }

    @Test
    void aBrokenBundleIsNamed() throws IOException {
        Path bundle = Files.writeString(temp.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        try (TestRun run = new TestRun(settings -> settings.withCaBundle(bundle))) {
            assertThatThrownBy(() -> pull(run, "registry.test/a:1")).hasMessageContaining("read CA bundle " + bundle);
        }
    }

    @Test
    void plainHttpNeedsLeave() throws IOException {
        TreeMap<String, List<String>> mirrors = new TreeMap<>();
        mirrors.put("localhost:1", List.of("http://registry.test:5000"));
        try (TestRun run = new TestRun(settings -> settings.withMirrors(mirrors))) {
            assertThatThrownBy(() -> pull(run, "localhost:1/a:1")).hasMessageContaining("localhost:1");
            assertThat(run.debug).anyMatch(line -> line.contains("plain HTTP is used only on this machine"));
        }
    }

    @Test
    void mirrorsAreToldTheirOwnCredentials() throws IOException {
        try (FakeRegistry mirror = new FakeRegistry();
                FakeRegistry registry = new FakeRegistry()) {
            mirror.auth.mode = FakeAuth.Mode.BASIC;
            TestImages.seed(mirror, "hub/a/b", "1", image);
            TreeMap<String, List<String>> mirrors = new TreeMap<>();
            mirrors.put(registry.host(), List.of(mirror.url() + "/hub/"));
            Credentials credentials = new GivenCredentials(
                    List.of(new GivenCredentials.Entry(mirror.host() + "/hub", FakeAuth.password())));
            try (TestRun run =
                    new TestRun(settings -> settings.withMirrors(mirrors).withCredentials(credentials))) {
                assertThat(pull(run, registry.host() + "/a/b:1").lowestFirst()).hasSize(3);
            }
            assertThat(registry.requests).isEmpty();
        }
    }

    @Test
    void goesThroughAProxyThatWantsAPassword() throws IOException {
        try (FakeRegistry both = new FakeRegistry()) {
            TestImages.seed(both, "a/b", "1", image);
            ProxyServer server = new ProxyServer(ProxyServer.Kind.HTTP, "127.0.0.1", both.port(), Optional.of(PROXY));
            TreeMap<String, List<String>> mirrors = new TreeMap<>();
            mirrors.put("registry.test", List.of("http://mirror.test"));
            try (TestRun run = new TestRun(settings -> settings.withProxies(proxies("http", server))
                    .withInsecureHosts(Set.of("mirror.test"))
                    .withMirrors(mirrors)
                    .withPatience(new Patience(
                            Patience.DEFAULT.connect(), Patience.DEFAULT.stall(), Patience.DEFAULT.answer(), 1)))) {
                assertThat(pull(run, "registry.test/a/b:1").lowestFirst()).hasSize(3);
            }
            assertThat(both.requests)
                    .filteredOn(request -> request.path().startsWith("/v2/a/b"))
                    .isNotEmpty()
                    .allMatch(request -> request.header("Proxy-Authorization").equals(Basic.of(PROXY)))
                    .allMatch(request -> request.header("Host").equals("mirror.test"));
        }
    }

    @Test
    void tunnelsThroughAProxyThatWantsAPassword() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (FakeRegistry registry = new FakeRegistry(Optional.of(certificate.server()));
                FakeProxy proxy = new FakeProxy(registry.port(), PROXY)) {
            TestImages.seed(registry, "a/b", "1", image);
            try (TestRun run = new TestRun(settings ->
                    settings.withCaBundle(certificate.pem()).withProxies(proxies("https", proxy.server(PROXY))))) {
                Image pulled = pull(run, "registry.test:5000/a/b:1");
                assertThat(TestImages.all(pulled.lowestFirst().get(0).blob())).hasSize(1000);
            }
            assertThat(proxy.heads).isNotEmpty().allMatch(head -> head.startsWith("CONNECT registry.test:5000 "));
            assertThat(registry.requests)
                    .allMatch(request -> request.header("Proxy-Authorization").isEmpty());
        }
    }

    @Test
    void aProxyThatRefusesIsNamedWithoutThePassword() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (FakeRegistry registry = new FakeRegistry(Optional.of(certificate.server()));
                FakeProxy proxy = new FakeProxy(registry.port(), new Credential.Password("x", "y"))) {
            try (TestRun run = new TestRun(settings ->
                    settings.withCaBundle(certificate.pem()).withProxies(proxies("https", proxy.server(PROXY))))) {
                assertThatThrownBy(() -> pull(run, "registry.test:5000/a/b:1"))
                        .hasMessageContaining("407")
                        .hasMessageNotContaining("s3cret");
            }
        }
    }

    private void pullThrough(ProxyServer proxy, TestCertificate certificate, String reference, String told)
            throws IOException {
        try (TestRun run = new TestRun(
                settings -> settings.withCaBundle(certificate.pem()).withProxies(proxies("https", proxy)))) {
            assertThatThrownBy(() -> pull(run, reference)).hasMessageContaining(told);
            assertThat(run.sleeps).isEmpty();
        }
    }

    @Test
    void aProxyThatDoesNotLetThroughIsNoRegistryThatRefuses() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (RawServer server = new RawServer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")) {
            ProxyServer proxy = new ProxyServer(ProxyServer.Kind.HTTP, "127.0.0.1", server.port(), Optional.of(PROXY));
            String told = "go through the proxy 127.0.0.1:" + server.port()
                    + " to registry.test:5000: 403 Forbidden (with user 'proxy-user' and the password for the proxy)";
            pullThrough(proxy, certificate, "registry.test:5000/a/b:1", told);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        ProxyServer proxy = new ProxyServer(ProxyServer.Kind.HTTP, "127.0.0.1", 1, Optional.empty());
        try (TestRun run = new TestRun(settings -> settings.withProxies(proxies("https", proxy)))) {
            assertThatThrownBy(() -> pull(run, "registry.test:5000/a/b:1"))
                    .hasMessageContaining(
                            "cannot connect to the proxy 127.0.0.1:1, which leads to registry.test:5000: Connection refused");
        }
    }

    @Test
    void whoDoesNotTalkTlsOrIsSomebodyElseIsNotAskedAgain() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (RawServer plain = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n");
                FakeRegistry secure = new FakeRegistry(Optional.of(certificate.server()));
                FakeProxy toPlain = new FakeProxy(plain.port(), PROXY);
                FakeProxy toSecure = new FakeProxy(secure.port(), PROXY)) {
            pullThrough(
                    toPlain.server(PROXY),
                    certificate,
                    "registry.test:5000/a/b:1",
                    "registry.test:5000 does not talk TLS");
            pullThrough(
                    toSecure.server(PROXY),
                    certificate,
                    "other.test/a/b:1",
                    "the certificate of other.test is not trusted: it is not for other.test; ");
        }
    }
}
