// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
}
