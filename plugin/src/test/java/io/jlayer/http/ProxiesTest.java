// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static Optional<String> find(Proxies proxies, String uri) {
        return proxies.find(URI.create(uri)).map(ProxyServer::toString);
    }

    @Test
    void readsTheEnvironment() {
        Proxies proxies =
                Proxies.of(List.of(), Map.of("HTTPS_PROXY", "http://u%40x:p%3Aw+@p.test:3128", "http_proxy", "q.test"));

        assertThat(find(proxies, "https://a.io/v2/")).contains("p.test:3128");
        assertThat(find(proxies, "http://a.io/v2/")).contains("q.test:80");
        assertThat(proxies.find(URI.create("https://a.io")).orElseThrow().credential())
                .contains(new Credential.Password("u@x", "p:w+"));
    }

    @Test
    void theConfigurationComesFirstAndHttpServesHttpsToo() {
        Proxies.Rule rule = new Proxies.Rule(
                "http",
                new ProxyServer(ProxyServer.Kind.HTTP, "maven.test", 8080, Optional.empty()),
                ProxyExceptions.bars("*.inner|b.io"));
        Proxies proxies = Proxies.of(List.of(rule), Map.of("HTTP_PROXY", "env.test:1", "ALL_PROXY", ""));

        assertThat(find(proxies, "https://a.io")).contains("maven.test:8080");
        assertThat(find(proxies, "http://a.io")).contains("maven.test:8080");
        assertThat(find(proxies, "https://x.inner")).isEmpty();
        assertThat(find(proxies, "https://b.io:5000")).isEmpty();
        assertThat(find(proxies, "https://bb.io")).isPresent();
    }

    @Test
    void thisMachineIsReachedDirectly() {
        Proxies proxies = Proxies.of(List.of(), Map.of("ALL_PROXY", "p.test:1"));

        assertThat(find(proxies, "http://localhost:5000")).isEmpty();
        assertThat(find(proxies, "http://127.0.0.1:5000")).isEmpty();
        assertThat(find(proxies, "http://[::1]:5000")).isEmpty();
        assertThat(find(proxies, "http://a.io")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "example.com; https://example.com; true",
                "example.com; https://reg.example.com:5000; true",
                ".example.com; https://reg.example.com; true",
                "*.example.com; https://reg.example.com; true",
                "example.com; https://anexample.com; false",
                "a.io, b.io c.io; https://c.io; true",
                "EXAMPLE.com; https://Example.COM; true",
                "*; https://anything; true",
                "example.com:5000; https://example.com:5000; true",
                "example.com:5000; https://example.com; false",
                "10.0.0.0/8; https://10.1.2.3; true",
                "10.0.0.0/8; https://11.1.2.3; false",
                "fd00::/8; https://[fd00::1]; true",
                "10.0.0.0/8; https://ten.io; false",
                "::1; https://[::1]; true",
                "fd00::5; https://[fd00:0:0:0:0:0:0:5]:5000; true",
                "FD00::5; https://[fd00::5]; true",
                "[fd00::5]; https://[fd00::5]; true",
                "[fd00::5]:5000; https://[fd00::5]:5000; true",
                "[fd00::5]:5000; https://[fd00::5]; false",
                "[fd00::]/8; https://[fd00::1]; true",
                "fd00::5; https://[fd00::6]; false",
                "10.1.2.3; https://10.1.2.3:5000; true",
                "10.1.2.3; https://10.1.2.4; false",
                "cafe:5000; https://cafe:5000; true",
                "999.1.1.1; https://a.io; false",
                "a.io:99999999999; https://a.io; false",
                "a.io:0443; https://a.io; true",
                "''; https://a.io; false"
            })
    void knowsWhatIsReachedDirectly(String list, String uri, boolean direct) {
        assertThat(ProxyExceptions.commas(list).matches(URI.create(uri))).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd00::5", "[fd00::5]", "fd00:*", "[fd00:*"})
    void mavensSettingsNameAddressesWithBracketsAndWithout(String pattern) {
        assertThat(ProxyExceptions.bars(pattern).matches(URI.create("https://[fd00::5]:5000")))
                .isTrue();
        assertThat(ProxyExceptions.bars(pattern).matches(URI.create("https://[fe00::5]")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://p.test, HTTPS, p.test:443",
        "HTTPS://p.test:8443, HTTPS, p.test:8443",
        "socks5://p.test, SOCKS, p.test:1080",
        "socks5h://u:p@[::1]:9050, SOCKS_NAMES, [::1]:9050"
    })
    void knowsKindsByTheirSchemes(String value, ProxyServer.Kind kind, String address) {
        Proxies proxies = Proxies.of(List.of(), Map.of("ALL_PROXY", value));

        ProxyServer server = proxies.find(URI.create("https://a.io")).orElseThrow();
        assertThat(server.kind()).isEqualTo(kind);
        assertThat(server).hasToString(address);
    }

    @Test
    void mavensSettingsNameAProtocol() {
        ProxyExceptions none = ProxyExceptions.bars("");
        for (String protocol : List.of("socks5", "SOCKS_5")) {
            Proxies proxies = Proxies.of(Proxies.rules(protocol, ProxiesTest::server, none), Map.of());

            assertThat(proxies.find(URI.create("https://a.io")).orElseThrow().kind())
                    .isEqualTo(ProxyServer.Kind.SOCKS);
            assertThat(find(proxies, "http://a.io")).isPresent();
        }
        assertThat(Proxies.rules("https", ProxiesTest::server, none))
                .singleElement()
                .satisfies(rule -> assertThat(rule.server().kind()).isEqualTo(ProxyServer.Kind.HTTP));
        assertThatThrownBy(() -> Proxies.rules("socks4", ProxiesTest::server, none))
                .hasMessageContaining("the proxy p.test:1 has the protocol 'socks4'");
    }

    private static ProxyServer server(ProxyServer.Kind kind) {
        return new ProxyServer(kind, "p.test", 1, Optional.empty());
    }

    @Test
    void aBrokenVariableIsNotQuoted() {
        for (String value : List.of("http://u:s3cret@[", "socks4://u:s3cret@h:1", "http://u:s3cret@h:99999999999")) {
            assertThatThrownBy(() -> Proxies.of(List.of(), Map.of("HTTPS_PROXY", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("HTTPS_PROXY")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
