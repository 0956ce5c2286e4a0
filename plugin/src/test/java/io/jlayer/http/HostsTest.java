// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost",
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[0000::0001]",
                "[::ffff:127.0.0.1]",
                "[::FFFF:7f00:1]"
            })
    void thisMachineHasManyNames(String host) {
        assertThat(Hosts.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.example",
                "127.0.0.1.example",
                "::2",
                "[::]",
                "[::ffff:10.0.0.1]",
                "[fe80::1]",
                "[1:::2]",
                "a:b"
            })
    void othersAreOthers(String host) {
        assertThat(Hosts.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_registry:5000/v2/, my_registry, 5000",
        "https://a:b@my_registry/v2/, my_registry, 443",
        "http://[::1]:5000/, [::1], 5000",
        "http://r.example/, r.example, 80",
        "http://a%20b:1/, '', 1",
        "http://a_b:99999999999/, '', 80",
        "http:/a, '', 80",
    })
    void underscoresAreTakenToo(String uri, String host, int port) {
        assertThat(Hosts.host(URI.create(uri))).isEqualTo(host);
        assertThat(Hosts.port(URI.create(uri))).isEqualTo(port);
    }
}
