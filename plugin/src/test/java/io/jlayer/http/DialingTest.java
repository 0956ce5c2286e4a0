// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who never ends what he says while a connection is made. */
@Timeout(60)
class DialingTest {

    private static final Patience PATIENCE =
            new Patience(Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMinutes(5), 1);

    /** Each byte comes in time, and there is always one more. */
    private static void trickle(Socket client, String start) throws IOException, InterruptedException {
        client.getOutputStream().write(start.getBytes(ISO_8859_1));
        while (!client.isClosed()) {
            client.getOutputStream().write('a');
            Thread.sleep(20);
        }
    }

    private static void expectEnd(String start, boolean secure, Optional<ProxyServer.Kind> proxy) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Connections connections = new Connections(HttpSettings.DEFAULT.withPatience(PATIENCE))) {
            FakeProxy.start(() -> FakeProxy.accept(server, client -> trickle(client, start)));
            Route route = new Route(
                    secure,
                    "127.0.0.1",
                    server.getLocalPort(),
                    proxy.map(kind -> new ProxyServer(kind, "127.0.0.1", server.getLocalPort(), Optional.empty())));
            assertThatThrownBy(() -> connections.fresh(route))
                    .isInstanceOf(StalledException.class)
                    .hasMessage("no answer for 300 ms while connecting to " + route.authority());
        }
    }

    @Test
    void aProxyThatNeverEndsItsAnswerIsLeft() throws IOException {
        expectEnd("HTTP/1.1 200 ", true, Optional.of(ProxyServer.Kind.HTTP));
    }

    /** A handshake message of 16 MB, in records of 16 kB. */
    @Test
    void aServerThatNeverEndsItsHandshakeIsLeft() throws IOException {
        expectEnd("\26\3\3\77\377\2\377\377\377", true, Optional.empty());
    }

    @Test
    void whoKeptSilentIsNotWaitedForAsLongAgain() throws IOException {
        try (RawServer server = new RawServer("");
                Connections connections = new Connections(HttpSettings.DEFAULT.withPatience(PATIENCE))) {
            Route route = new Route(true, "127.0.0.1", server.port(), Optional.empty());
            for (int millis : new int[] {300, 75, 75}) {
                assertThatThrownBy(() -> connections.fresh(route))
                        .isInstanceOf(StalledException.class)
                        .hasMessage("no answer for " + millis + " ms while connecting to " + route.authority());
            }
        }
    }

    @Test
    void whatIsConnectedIsNotEndedForBeingOld() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Connections connections = new Connections(HttpSettings.DEFAULT.withPatience(PATIENCE))) {
            FakeProxy.start(() ->
                    FakeProxy.accept(server, client -> client.getInputStream().read()));
            connections.watch();
            Route route = new Route(false, "127.0.0.1", server.getLocalPort(), Optional.empty());
            try (Connection connection = connections.fresh(route)) {
                Thread.sleep(600);
                assertThat(connection.isAlive()).isTrue();
            }
        }
    }
}
