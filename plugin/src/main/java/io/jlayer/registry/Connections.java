// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/**
 * The clients that keep connections: one for all hosts, and one more for those that need show no certificate. Both know
 * the proxies.
 *
 * <p>HTTP/1.1: blobs are large, few, and not helped by sharing a connection.
 */
final class Connections implements Closeable {

    private final RegistrySettings settings;
    private final ProxyTunnels tunnels = new ProxyTunnels();
    private HttpClient strict;
    private HttpClient lax;

    Connections(RegistrySettings settings) {
        this.settings = settings;
    }

    /** The client for an address. */
    synchronized HttpClient client(URI uri) throws IOException {
        if (Hosts.named(settings.insecureHosts(), uri)) {
            lax = lax == null ? builder().sslContext(Trust.lax()).build() : lax;
            return lax;
        }
        strict = strict == null
                ? builder().sslContext(Trust.strict(settings.caBundle())).build()
                : strict;
        return strict;
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience().connect())
                .proxy(new Selector());
    }

    /** What is to be said to the proxy on the way to an address, if it wants to hear anything. */
    Optional<String> proxyAuthorization(URI uri) {
        return settings.proxies()
                .find(uri)
                .flatMap(ProxyServer::credential)
                .map(password -> isTunnelled(uri) ? tunnels.ticket() : Basic.of(password));
    }

    private static boolean isTunnelled(URI uri) {
        return uri.getScheme().equals("https");
    }

    @Override
    public void close() throws IOException {
        tunnels.close();
    }

    private final class Selector extends ProxySelector {

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(settings.proxies()
                    .find(uri)
                    .map(server -> new Proxy(Proxy.Type.HTTP, address(server, uri)))
                    .orElse(Proxy.NO_PROXY));
        }

        private InetSocketAddress address(ProxyServer server, URI uri) {
            return isTunnelled(uri) && server.credential().isPresent()
                    ? tunnels.entry(server)
                    : new InetSocketAddress(server.host(), server.port());
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The request fails with the same reason.
        }
    }
}
