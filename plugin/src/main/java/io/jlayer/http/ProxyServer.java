// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.util.Locale;
import java.util.Optional;

/**
 * A proxy.
 *
 * @param kind how it is talked to
 * @param host its name
 * @param port its port
 * @param credential what it wants to know, if anything
 */
public record ProxyServer(Kind kind, String host, int port, Optional<Credential.Password> credential) {

    /** How a proxy is talked to. */
    public enum Kind {
        /** In HTTP. */
        HTTP(80),
        /** In HTTP over TLS. */
        HTTPS(443),
        /** In SOCKS 5; names are looked up here. */
        SOCKS(1080),
        /** In SOCKS 5; names are looked up by the proxy. */
        SOCKS_NAMES(1080);

        private final int port;

        Kind(int port) {
            this.port = port;
        }

        /** Where such proxies listen if nobody says otherwise. */
        int defaultPort() {
            return port;
        }

        boolean isSocks() {
            return this == SOCKS || this == SOCKS_NAMES;
        }

        /** The kind that a scheme, as in {@code socks5h://}, stands for, in curl's words. */
        public static Optional<Kind> of(String scheme) {
            return switch (scheme.toLowerCase(Locale.ROOT)) {
                case "http" -> Optional.of(HTTP);
                case "https" -> Optional.of(HTTPS);
                case "socks5" -> Optional.of(SOCKS);
                case "socks5h" -> Optional.of(SOCKS_NAMES);
                default -> Optional.empty();
            };
        }
    }

    public ProxyServer {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + host + ":" + port + "' is not a proxy: expected host and port");
        }
        host = host.replace("[", "").replace("]", "");
    }

    @Override
    public String toString() {
        return Hosts.bracketed(host) + ":" + port;
    }
}
