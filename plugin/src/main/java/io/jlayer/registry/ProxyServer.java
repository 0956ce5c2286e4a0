// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.util.Optional;

/**
 * A proxy.
 *
 * @param host its name
 * @param port its port
 * @param credential what it wants to know, if anything
 */
public record ProxyServer(String host, int port, Optional<Credential.Password> credential) {

    public ProxyServer {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + host + ":" + port + "' is not a proxy: expected host and port");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
