// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @Test
    void anAddressTellsWhereItLeads() throws IOException {
        assertThat(Route.to(URI.create("https://host/a"), Proxies.NONE).authority())
                .isEqualTo("host:443");
        assertThat(Route.to(URI.create("http://a_b:65535/"), Proxies.NONE).authority())
                .isEqualTo("a_b:65535");
    }

    /** As a server may send them. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:99999/", "https://a_b:65536/x", "http://host:0/"})
    void portsThatThereAreNotLeadNowhere(String address) {
        assertThatThrownBy(() -> Route.to(URI.create(address), Proxies.NONE))
                .isInstanceOf(FinalException.class)
                .hasMessageContaining("no port that there is");
    }
}
