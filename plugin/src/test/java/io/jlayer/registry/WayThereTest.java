// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.http.Credential;
import io.jlayer.http.FakeProxy;
import io.jlayer.http.FakeSocks;
import io.jlayer.http.Proxies;
import io.jlayer.http.ProxyExceptions;
import io.jlayer.http.ProxyServer;
import io.jlayer.http.RefusalException;
import io.jlayer.http.TestCertificate;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies that talk TLS themselves, and those that talk SOCKS. The registry behind them is known to nobody else. */
class WayThereTest {

    private static final Credential.Password PROXY = new Credential.Password("proxy-user", "proxy-s3cret");
    private static final Optional<Credential.Password> NOBODY = Optional.empty();

    @TempDir
    Path temp;

    private final ImageDocuments image = TestImages.documents(TestImages.image(1, 3));
    private TestCertificate certificate;

    @BeforeEach
    void certificate() throws Exception {
        certificate = TestCertificate.make(temp);
    }

    private void pull(ProxyServer proxy, String reference) throws IOException {
        Proxies proxies = Proxies.of(List.of(new Proxies.Rule("https", proxy, ProxyExceptions.bars(""))), Map.of());
        try (TestRun run =
                new TestRun(settings -> settings.withCaBundle(certificate.pem()).withProxies(proxies))) {
            Store store = Store.open(temp.resolve("store"));
            Image pulled = run.client
                    .source(ImageRef.parse(reference), store.records("r"), run.warnings::add)
                    .load(AMD64, store.blobs());
            assertThat(TestImages.all(pulled.lowestFirst().get(0).blob())).hasSize(1000);
        }
    }

    private FakeRegistry registry() throws Exception {
        FakeRegistry registry = new FakeRegistry(Optional.of(certificate.server()));
        TestImages.seed(registry, "a/b", "1", image);
        return registry;
    }

    @Test
    void tlsRunsInsideTheTlsOfAProxy() throws Exception {
        try (FakeRegistry registry = registry();
                FakeProxy proxy = new FakeProxy(certificate.server(), registry.port(), PROXY)) {
            pull(proxy.server(PROXY), "registry.test:5000/a/b:1");

            assertThat(proxy.heads).isNotEmpty().allMatch(head -> head.startsWith("CONNECT registry.test:5000 "));
        }
    }

    @Test
    void theCertificateOfAProxyIsLookedAt() throws Exception {
        try (FakeProxy proxy = new FakeProxy(certificate.server(), 1, PROXY);
                TestRun run = new TestRun(settings -> settings.withProxies(Proxies.of(
                        List.of(new Proxies.Rule("https", proxy.server(PROXY), ProxyExceptions.bars(""))),
                        Map.of())))) {
            Store store = Store.open(temp.resolve("store"));
            assertThatThrownBy(() -> run.client
                            .source(ImageRef.parse("registry.test/a"), store.records("r"), run.warnings::add)
                            .load(AMD64, store.blobs()))
                    .hasMessageContaining("the certificate of " + proxy.server(PROXY) + " is not trusted");
            assertThat(proxy.heads).isEmpty();
        }
    }

    @Test
    void socksAsksForANameOrAnAddress() throws Exception {
        try (FakeRegistry registry = registry();
                FakeSocks proxy = new FakeSocks(registry.port(), NOBODY)) {
            pull(proxy.server(ProxyServer.Kind.SOCKS_NAMES, NOBODY), "registry.test:5000/a/b:1");
            assertThat(proxy.asked).isNotEmpty().containsOnly("registry.test");

            assertThatThrownBy(() -> pull(proxy.server(ProxyServer.Kind.SOCKS, NOBODY), "registry.test/a/b:2"))
                    .hasMessageContaining("the name of registry.test is not known");
        }
    }

    /** Names of containers are no names of hosts to Java; other programs take them. */
    @Test
    void hostsMayHaveUnderscores() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(Optional.of(certificate.server()));
                FakeSocks socks = new FakeSocks(registry.port(), NOBODY);
                TestRun run =
                        new TestRun(settings -> settings.withInsecureHosts(Set.of("my_registry:5000", "blob_store"))
                                .withProxies(Proxies.of(
                                        List.of(new Proxies.Rule(
                                                "https",
                                                socks.server(ProxyServer.Kind.SOCKS_NAMES, NOBODY),
                                                ProxyExceptions.bars(""))),
                                        Map.of())))) {
            registry.fail(
                    99,
                    request -> request.is("GET", ".*/blobs/.*")
                            && request.header("Host").equals("my_registry:5000"),
                    Fault.status(307, "Location", "https://blob_store:9000/moved"));
            registry.fail(99, request -> request.is("GET", "/moved"), (request, answer, service) -> {
                assertThat(request.header("Host")).isEqualTo("blob_store:9000");
                answer.send(200, TestImages.bytes(1, 1000));
            });
            run.client
                    .target(ImageRef.parse("my_registry:5000/a/b:1"), List.of())
                    .write(image);

            Repository repository = run.client.pushTo(ImageRef.parse("my_registry:5000/a/b"), List.of());
            assertThat(repository.manifest("1")).isPresent();
            assertThat(repository.openBlob(Digest.sha256(TestImages.bytes(1, 1000)), 0))
                    .hasBinaryContent(TestImages.bytes(1, 1000));
            assertThat(socks.asked).contains("my_registry", "blob_store");
        }
    }

    @Test
    void socksIsShownAPassword() throws Exception {
        try (FakeRegistry registry = registry();
                FakeSocks proxy = new FakeSocks(registry.port(), Optional.of(PROXY))) {
            pull(proxy.server(ProxyServer.Kind.SOCKS_NAMES, Optional.of(PROXY)), "registry.test/a/b:1");

            for (Optional<Credential.Password> wrong :
                    List.of(NOBODY, Optional.of(new Credential.Password("x", "other-s3cret")))) {
                assertThatThrownBy(() ->
                                pull(proxy.server(ProxyServer.Kind.SOCKS_NAMES, wrong), "registry.test/a/b:other"))
                        .isInstanceOf(RefusalException.class)
                        .hasMessageContaining("407")
                        .hasMessageNotContaining("s3cret");
            }
        }
    }

    @Test
    void socksSaysWhyNot() throws Exception {
        try (FakeSocks proxy = new FakeSocks(1, NOBODY)) {
            proxy.answer = 2;
            assertThatThrownBy(() -> pull(proxy.server(ProxyServer.Kind.SOCKS_NAMES, NOBODY), "registry.test/a/b:1"))
                    .hasMessageContaining("go through the proxy 127.0.0.1:")
                    .hasMessageContaining("it does not allow that");
            assertThat(proxy.asked).hasSize(1);
        }
    }
}
