// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.net.URI;
import java.util.Optional;

/**
 * Where a connection leads, and by way of what.
 *
 * @param secure whether TLS is talked with the server
 * @param host its name, without brackets
 * @param port its port
 * @param proxy what is between, if anything
 */
record Route(boolean secure, String host, int port, Optional<ProxyServer> proxy) {

    private static final int MOST_PORTS = 65535;

    /**
     * The way to a server.
     *
     * @throws FinalException if the address has a port that there is not, as one from a server may
     */
    static Route to(URI uri, Proxies proxies) throws FinalException {
        int port = Hosts.port(uri);
        if (port < 1 || port > MOST_PORTS) {
            throw new FinalException(ErrorText.of(uri) + " has no port that there is");
        }
        String host = Hosts.host(uri).replace("[", "").replace("]", "");
        return new Route(uri.getScheme().equalsIgnoreCase("https"), host, port, proxies.find(uri));
    }

    /** Whether the proxy is told the whole address, since it asks in our place. */
    boolean isAskedByProxy() {
        return !secure && proxy.isPresent() && !proxy.get().kind().isSocks();
    }

    /** Whether the proxy is asked to let us through to the server. */
    boolean isTunnel() {
        return secure && proxy.isPresent() && !proxy.get().kind().isSocks();
    }

    /** Whether a host is the proxy. */
    boolean isProxy(String name) {
        return proxy.isPresent() && proxy.get().host().equals(name);
    }

    /** Where a connection goes first, in words. */
    String next() {
        return proxy.map(server -> "the proxy " + server + ", which leads to " + authority())
                .orElseGet(this::authority);
    }

    /** Host and port, as they stand in a request. */
    String authority() {
        return Hosts.bracketed(host) + ":" + port;
    }
}
